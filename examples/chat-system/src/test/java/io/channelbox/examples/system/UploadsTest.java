package io.channelbox.examples.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.examples.system.ChatClient.Answer;
import io.channelbox.examples.system.uploads.Uploads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is uploaded is what it says it is, is kept under another name, and is seen by those in its conversation alone. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class UploadsTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

    private RunningChat program;
    private Path folder;
    private int port;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;
    private long group;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary.resolve("data");
        program = RunningChat.in(folder, "--chat.largest-upload=100KB");
        port = program.port();
        ann = ChatClient.login(port, "ann");
        bob = ChatClient.login(port, "bob");
        cid = ChatClient.login(port, "cid");
        group = group();
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    void aPictureIsAttachedAndShownToThoseInTheConversation() throws Exception {
        JsonNode upload = ok(upload("me at sea.png", PNG));

        Answer said = ann.post(
                "/messages",
                "{\"conversation_id\":%d,\"attachments\":[\"%s\"]}"
                        .formatted(group, upload.path("url").asText()));

        assertEquals("image", said.body().path("message_type").asText(), said.body()::toString);
        assertEquals("me at sea.png", said.body().at("/attachments/0/name").asText());
        assertEquals(PNG.length, said.body().at("/attachments/0/size").asLong());
        HttpResponse<byte[]> seen = fetch(bob, upload.path("url").asText());
        assertEquals(200, seen.statusCode());
        assertArrayEquals(PNG, seen.body());
        assertEquals("image/png", header(seen, "Content-Type"));
        assertEquals("nosniff", header(seen, "X-Content-Type-Options"));
        assertEquals("sandbox; default-src 'none'", header(seen, "Content-Security-Policy"));
        assertTrue(header(seen, "Content-Disposition").startsWith("inline"));
    }

    @Test
    void whoIsNotInTheConversationSeesNothingOfIt() throws Exception {
        String url =
                ok(upload("secret.txt", "secret".getBytes(UTF_8))).path("url").asText();

        HttpResponse<byte[]> stranger = fetch(cid, url);
        HttpResponse<byte[]> nothing = fetch(cid, url.substring(0, url.length() - 4) + "AAAA");

        assertEquals(403, stranger.statusCode());
        assertEquals(403, nothing.statusCode());
        assertArrayEquals(nothing.body(), stranger.body());
        assertEquals(401, fetch(ChatClient.withToken(port, "none"), url).statusCode());
    }

    @Test
    void whatIsNoPictureIsADownload() throws Exception {
        String url = ok(upload("notes “1”.txt", "<script>alert(1)</script>".getBytes(UTF_8)))
                .path("url")
                .asText();

        HttpResponse<byte[]> seen = fetch(ann, url);

        assertEquals("text/plain", header(seen, "Content-Type"));
        assertTrue(header(seen, "Content-Disposition").startsWith("attachment"));
        assertEquals("sandbox; default-src 'none'", header(seen, "Content-Security-Policy"));
    }

    @Test
    void aFileIsWhatItsBeginningSays() throws Exception {
        assertEquals(422, upload("page.html", "<html>".getBytes(UTF_8)).statusCode());
        assertEquals(422, upload("picture.svg", "<svg>".getBytes(UTF_8)).statusCode());
        assertEquals(422, upload("picture.png", "<script>".getBytes(UTF_8)).statusCode());
        assertEquals(422, upload("program.txt", new byte[] {'M', 'Z', 0, 1}).statusCode());
        assertEquals(422, upload("program.exe", new byte[] {'M', 'Z', 0, 1}).statusCode());
        assertEquals(422, upload("", PNG).statusCode());
        assertEquals(422, upload("empty.txt", new byte[0]).statusCode());
        assertEquals(422, upload("gnp.\u202Etxt.png", PNG).statusCode());
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        JsonNode upload = ok(upload("../../../../etc/x.png", PNG));

        assertEquals("x.png", upload.path("name").asText());
        assertTrue(Files.isRegularFile(
                folder.resolve("uploads").resolve(upload.path("url").asText().replaceAll(".*/", ""))));
        assertTrue(fetch(ann, "/api/v1/chat/uploads/..%2F..%2Fchat.db").statusCode() >= 400);
    }

    @Test
    void whatIsTooLargeLeavesNothingBehind() throws Exception {
        var large = new byte[200_000];
        Arrays.fill(large, (byte) 'a');
        long before = files();

        HttpResponse<String> refused = upload("large.txt", large);

        assertEquals(413, refused.statusCode());
        assertEquals(413, uploadInChunks(large).statusCode());
        assertEquals(before, files());
    }

    @Test
    void whatIsAnnouncedTooLargeIsRefusedBeforeItComes() throws Exception {
        String upload = RawRequest.begin(port, post(uploads("large.txt"), "Content-Length: 9000000"));
        String login = RawRequest.begin(port, post("/login", "Content-Length: 90000000"));

        assertTrue(upload.startsWith("HTTP/1.1 413"), upload);
        assertTrue(login.startsWith("HTTP/1.1 413"), login);
        assertTrue(login.contains("{\"detail\":\"Content Too Large\"}"), login);
    }

    @Test
    void aBodyInChunksIsRefusedAsSoonAsItIsTooLong() throws Exception {
        String chunk = "10001\r\n{\"username\":\"" + "a".repeat(0x10001 - 13) + "\r\n";

        String answer = RawRequest.begin(port, post("/login", "Transfer-Encoding: chunked") + chunk);

        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertTrue(answer.contains("{\"detail\":\"Content Too Large\"}"), answer);
    }

    @Test
    void whoBreaksOffIsNotAnErrorOfOurs() throws Exception {
        PrintStream console = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        String answer;
        try {
            answer = RawRequest.send(port, post(uploads("half.txt"), "Content-Length: 5000") + "half");
        } finally {
            System.setOut(console);
        }

        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("{\"detail\":"), answer);
        assertFalse(said.toString(UTF_8).contains("ERROR"), said::toString);
    }

    @Test
    void aNameThatIsNoTextIsRefused() throws Exception {
        String path = "/api/v1/chat/conversations/" + group + "/uploads?name=";

        HttpResponse<String> refused = send(ann, path + "%ED%A0%80.png", PNG);

        assertEquals(422, refused.statusCode(), refused::body);
        assertTrue(refused.body().contains("\"query\""), refused::body);
    }

    @Test
    void theFolderIsForItsOwnerAndForOneProgram() throws Exception {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
        assertThrows(IllegalArgumentException.class, () -> DataFolder.open(folder, false));
    }

    @Test
    void onlyOwnUploadsToTheSameConversationAreAttached() throws Exception {
        String url = ok(upload("mine.txt", "mine".getBytes(UTF_8))).path("url").asText();
        long other = group();
        String body = "{\"conversation_id\":%d,\"content\":\"x\",\"attachments\":[\"%s\"]}";

        assertEquals(422, bob.post("/messages", body.formatted(group, url)).status());
        assertEquals(422, ann.post("/messages", body.formatted(other, url)).status());
        assertEquals(
                422,
                ann.post("/messages", body.formatted(group, "https://evil.example/x.png"))
                        .status());
        assertEquals(
                422,
                ann.post("/messages", body.formatted(group, "javascript:alert(1)"))
                        .status());
        assertEquals(
                "file",
                ann.post("/messages", body.formatted(group, url))
                        .body()
                        .path("message_type")
                        .asText());
    }

    @Test
    void whatNoMessageNamesIsForgotten() throws Exception {
        String kept = ok(upload("kept.txt", "kept".getBytes(UTF_8))).path("url").asText();
        String left = ok(upload("left.txt", "left".getBytes(UTF_8))).path("url").asText();
        ann.post("/messages", "{\"conversation_id\":%d,\"attachments\":[\"%s\"]}".formatted(group, kept));

        program.application()
                .getBean(Uploads.class)
                .forgetUnattached(Instant.now().plusSeconds(60));

        assertEquals(200, fetch(bob, kept).statusCode());
        assertEquals(403, fetch(ann, left).statusCode());
    }

    @Test
    void whatWasDeletedIsSeenByNobodyAndMayBeSaidAgain() throws Exception {
        String url =
                ok(upload("again.txt", "again".getBytes(UTF_8))).path("url").asText();
        String message = "{\"conversation_id\":%d,\"attachments\":[\"%s\"]}".formatted(group, url);
        assertEquals(403, fetch(bob, url).statusCode());
        long said = ann.post("/messages", message).body().path("id").asLong();
        assertEquals(200, fetch(bob, url).statusCode());

        ann.delete("/messages/" + said);

        assertEquals(403, fetch(bob, url).statusCode());
        assertEquals(403, fetch(ann, url).statusCode());
        assertEquals(200, ann.post("/messages", message).status());
        assertEquals(200, fetch(bob, url).statusCode());
    }

    @Test
    void whatWasToBeAttachedToARefusedMessageIsForgottenToo() throws Exception {
        String url = ok(upload("vain.txt", "vain".getBytes(UTF_8))).path("url").asText();
        String answer = "{\"conversation_id\":%d,\"attachments\":[\"%s\"],\"reply_to_id\":999999}";
        String picture = "{\"conversation_id\":%d,\"attachments\":[\"%s\"],\"message_type\":\"image\"}";
        assertEquals(422, ann.post("/messages", answer.formatted(group, url)).status());
        assertEquals(422, ann.post("/messages", picture.formatted(group, url)).status());

        program.application()
                .getBean(Uploads.class)
                .forgetUnattached(Instant.now().plusSeconds(60));

        assertEquals(403, fetch(ann, url).statusCode());
    }

    @Test
    void whoCouldSayNothingThereUploadsNothing() throws Exception {
        long quiet = group();
        String path = "/api/v1/chat/conversations/%d/uploads?name=a.txt".formatted(quiet);
        assertEquals(200, send(bob, path, "a".getBytes(UTF_8)).statusCode());

        ann.put("/conversations/%d/limits".formatted(quiet), "{\"frozen\":true}");

        assertEquals(403, send(bob, path, "a".getBytes(UTF_8)).statusCode());
        assertEquals(200, send(ann, path, "a".getBytes(UTF_8)).statusCode());
        ann.post("/conversations/%d/archive".formatted(quiet), "{}");
        assertEquals(409, send(ann, path, "a".getBytes(UTF_8)).statusCode());
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("uploads"))) {
            return all.count();
        }
    }

    private String uploads(String name) {
        return "/api/v1/chat/conversations/%d/uploads?name=%s".formatted(group, URLEncoder.encode(name, UTF_8));
    }

    private HttpResponse<String> upload(String name, byte[] content) throws Exception {
        return send(ann, uploads(name), content);
    }

    private HttpResponse<String> uploadInChunks(byte[] content) throws Exception {
        return send(ann, uploads("chunks.txt"), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));
    }

    private String post(String path, String length) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                .formatted(path, ann.token(), length);
    }

    private HttpResponse<String> send(ChatClient user, String path, byte[] content) throws Exception {
        return send(user, path, BodyPublishers.ofByteArray(content));
    }

    private HttpResponse<String> send(ChatClient user, String path, BodyPublisher content) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + user.token())
                .header("Content-Type", "application/octet-stream")
                .POST(content)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> fetch(ChatClient user, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + user.token())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static JsonNode ok(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode(), response::body);
        assertFalse(response.body().isEmpty());
        return new ObjectMapper().readTree(response.body());
    }

    private long group() throws Exception {
        return ann.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Files\",\"participant_ids\":[\"bob\"]}")
                .body()
                .path("id")
                .asLong();
    }
}
