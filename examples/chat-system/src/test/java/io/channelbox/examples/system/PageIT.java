package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How people spend their day on the page. */
class PageIT extends InBrowser {

    private static final byte[] PICTURE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Test
    void twoPeopleSpendTheirDay() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Daily");
        open(bob, "Daily");

        say(ann, "helo");
        assertThat(message(bob, "helo")).isVisible();
        act(bob, "helo", "choose");
        message(bob, "helo").locator(".choice button").first().click();
        assertThat(message(ann, "helo").locator(".reactions")).hasText("👍 1");
        act(ann, "helo", "edit");
        say(ann, "hello");
        assertThat(message(bob, "hello").locator(".fate")).hasText("edited");
        assertThat(message(ann, "hello").locator(".mark")).containsText("read by Bob");

        act(bob, "hello", "reply");
        say(bob, "hello yourself");
        assertThat(message(ann, "hello yourself").locator(".quote")).hasText("Ann hello");
        act(ann, "hello yourself", "thread");
        assertThat(ann.locator("#thread-log .body")).hasText(new String[] {"hello", "hello yourself"});
        ann.fill("#thread-text", "in the thread");
        ann.press("#thread-text", "Enter");
        assertThat(ann.locator("#thread-log .body")).hasCount(3);
        ann.keyboard().press("Escape");
        assertThat(ann.locator("#thread")).isHidden();

        bob.focus("#text");
        bob.keyboard().type("wri");
        assertThat(ann.locator("#typing")).hasText("Bob is writing…");
        bob.selectOption("#status", "busy");
        assertThat(ann.locator("#state-text")).hasText("Connected");
        ann.click("#about");
        assertThat(ann.locator("#dialog .people li").nth(1)).containsText("busy");
        ann.keyboard().press("Escape");

        ann.onDialog(Dialog::accept);
        act(ann, "in the thread", "delete");
        assertThat(bob.locator("#log .body")).hasText(new String[] {"hello", "hello yourself"});
    }

    @Test
    void whoClicksTwiceBeginsOneGroup() {
        Page ann = enter("ann");
        ann.click("#new");
        ann.check("input[value=bob]");
        ann.fill("#field-name-of-the-group", "Once");
        ann.locator("#dialog-body .primary").dblclick();

        assertThat(ann.locator("#title")).hasText("Once");
        assertThat(ann.locator(".entry", new Page.LocatorOptions().setHasText("Once")))
                .hasCount(1);
    }

    @Test
    void picturesAndFilesAreUploadedShownAndSaved() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Files");
        open(bob, "Files");

        ann.setInputFiles("#files", new FilePayload[] {
            new FilePayload("dot.png", "image/png", PICTURE),
            new FilePayload("notes.txt", "text/plain", "notes".getBytes(StandardCharsets.UTF_8)),
        });
        assertThat(ann.locator("#tray progress")).hasCount(0);
        say(ann, "look");

        assertThat(message(bob, "look").locator("img.picture")).hasAttribute("src", Pattern.compile("blob:.*"));
        String saved = bob.waitForDownload(() -> bob.locator(".file", new Page.LocatorOptions().setHasText("notes.txt"))
                        .click())
                .suggestedFilename();
        assertEquals("notes.txt", saved);
        ann.setInputFiles(
                "#files", new FilePayload("evil.html", "image/png", "<script>".getBytes(StandardCharsets.UTF_8)));
        assertThat(ann.locator("#notice")).containsText("evil.html was not uploaded");
        complaints.removeIf(each -> each.contains("422"));
    }

    @Test
    void whoIsToldThatTheyMissedSomethingReadsTheListAndTheConversationAgain() throws Exception {
        var sockets = new CopyOnWriteArrayList<WebSocketRoute>();
        var notTold = new AtomicBoolean();
        Page bob = enter(
                "bob",
                page -> page.routeWebSocket(Pattern.compile(".*/topics.*"), socket -> {
                    WebSocketRoute server = socket.connectToServer();
                    server.onMessage(frame -> {
                        if (!notTold.get()) {
                            pass(frame, socket);
                        }
                    });
                    sockets.add(socket);
                }));
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id = api.post("/conversations", groupWithBob("Missed"))
                .body()
                .path("id")
                .asLong();
        open(bob, "Missed");
        assertThat(bob.locator("#log .empty")).hasText("Nothing was said here yet.");

        notTold.set(true);
        api.post("/messages", "{\"conversation_id\":%d,\"content\":\"unheard\"}".formatted(id));
        api.post("/conversations", groupWithBob("Unseen"));
        WebSocketRoute socket = sockets.get(sockets.size() - 1);
        socket.send("{\"version\":1,\"topic\":\"conversation:%d\",\"type\":\"missed\",\"payload\":{}}".formatted(id));
        socket.send("{\"version\":1,\"topic\":\"inbox:bob\",\"type\":\"missed\",\"payload\":{}}");

        assertThat(message(bob, "unheard")).isVisible();
        assertThat(bob.locator(".entry", new Page.LocatorOptions().setHasText("Unseen")))
                .isVisible();
    }

    private static String groupWithBob(String name) {
        return "{\"conversation_type\":\"group\",\"name\":\"%s\",\"participant_ids\":[\"bob\"]}".formatted(name);
    }

    private static void pass(WebSocketFrame frame, WebSocketRoute to) {
        if (frame.text() != null) {
            to.send(frame.text());
        } else {
            to.send(frame.binary());
        }
    }

    @Test
    void whatIsSaidWhileTheServerIsGoneIsSaidOnceWhenItIsBack() throws Exception {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Offline");
        open(bob, "Offline");
        say(ann, "before");
        assertThat(message(bob, "before")).isVisible();

        program.kill();
        assertThat(ann.locator("#state-text")).not().hasText("Connected");
        say(ann, "from ann");
        say(bob, "from bob");
        assertThat(ann.locator(".message.waiting .body")).hasText("from ann");
        program.start();

        var soon = new LocatorAssertions.HasCountOptions().setTimeout(60_000);
        for (Page page : List.of(ann, bob)) {
            assertThat(page.locator("#log .message:not(.waiting)")).hasCount(3, soon);
            assertThat(page.locator("#log .waiting")).hasCount(0);
        }
        assertEquals(texts(ann), texts(bob));
        complaints.removeIf(each -> each.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void whatIsWrittenAndNotSaidStaysInItsConversation() {
        Page ann = enter("ann");
        begin(ann, "Alpha");
        say(ann, "said");
        begin(ann, "Omega");
        ann.fill("#text", "for omega alone");

        open(ann, "Alpha");
        assertThat(ann.locator("#text")).hasValue("");
        act(ann, "said", "edit");
        assertThat(ann.locator("#text")).hasValue("said");
        open(ann, "Omega");

        assertThat(ann.locator("#text")).hasValue("for omega alone");
        open(ann, "Alpha");
        assertThat(ann.locator("#text")).hasValue("");
    }

    @Test
    void theListShowsNothingThatWasTakenBackOrSaidOtherwise() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Listed");
        Locator entry = bob.locator(".entry", new Page.LocatorOptions().setHasText("Listed"));
        say(ann, "first");
        say(ann, "a slip");
        assertThat(entry.locator(".last")).hasText("a slip");
        assertThat(entry.locator(".badge")).containsText("2");

        ann.onDialog(Dialog::accept);
        act(ann, "a slip", "delete");
        assertThat(entry.locator(".last")).hasText("first");
        assertThat(entry.locator(".badge")).containsText("1");
        act(ann, "first", "edit");
        say(ann, "the first");

        assertThat(entry.locator(".last")).hasText("the first");
    }

    @Test
    void scrollingUpLoadsWhatIsOlderAndWhatOneReadsStaysInPlace() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id = api.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Long\",\"participant_ids\":[\"bob\"]}")
                .body()
                .path("id")
                .asLong();
        for (int i = 1; i <= 120; i++) {
            api.post("/messages", "{\"conversation_id\":%d,\"content\":\"message %d\"}".formatted(id, i));
        }
        Page bob = enter("bob");
        assertThat(bob.locator(".entry", new Page.LocatorOptions().setHasText("Long"))
                        .locator(".badge"))
                .containsText("99+");
        open(bob, "Long");
        assertThat(message(bob, "message 120")).isInViewport();
        assertThat(bob.locator("#log .message")).hasCount(50);

        bob.evaluate("document.getElementById('log').scrollTop = 300");
        double before = topOf(bob, "message 75");
        assertThat(bob.locator("#log .message")).hasCount(100);

        assertEquals(before, topOf(bob, "message 75"), 2.0);
        bob.evaluate("document.getElementById('log').scrollTop = 0");
        assertThat(bob.locator("#log .message")).hasCount(120);
    }

    @Test
    void aThreadOfMoreThanAPageIsShownWholeFromItsFirstMessageOn() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "bob");
        long id = ok(api.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Deep\",\"participant_ids\":[\"ann\"]}"))
                .path("id")
                .asLong();
        String text = "{\"conversation_id\":%d,\"content\":\"%s\",\"reply_to_id\":%s}";
        long first = ok(api.post("/messages", text.formatted(id, "question", null)))
                .path("id")
                .asLong();
        for (int i = 1; i <= 260; i++) {
            ok(api.post("/messages", text.formatted(id, "answer " + i, first)));
        }
        Page ann = enter("ann");
        open(ann, "Deep");

        ann.locator("#log .message").last().hover();
        ann.locator("#log .message").last().locator("[data-act=thread]").click();

        assertThat(ann.locator("#thread-log .body")).hasCount(261);
    }

    @Test
    void whatIsMeantToHarmComesOutAsText() throws Exception {
        String markup = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, markup);
        bob.locator(".entry").first().click();

        for (String evil : List.of(
                markup,
                "javascript:alert(1)",
                "[x](javascript:alert(1)) data:text/html,<script>alert(1)</script>",
                "https://ok.example/\"onmouseover=\"alert(1)",
                "abc \u202E gnp.exe",
                "&lt;b&gt; ${7*7} {{7*7}}")) {
            say(ann, evil);
            assertThat(bob.locator("#log .body").last()).hasText(evil);
        }

        assertEquals(
                0,
                bob.locator("#log img, #log script, #title img, #list img, #log [onmouseover]")
                        .count());
        assertEquals(
                List.of("https://ok.example/"),
                bob.locator("#log a").evaluateAll("links => links.map(link => link.href)"));
        assertTrue(bob.locator("#log a").first().getAttribute("rel").contains("noopener"));
        assertEquals(
                "isolate", bob.locator("#log .body").last().evaluate("body => getComputedStyle(body).unicodeBidi"));
        assertThat(bob.locator("#title")).hasText(markup);
        ann.click("#about");
        assertThat(ann.locator("#dialog-title")).hasText(markup);
        assertEquals(0, ann.locator("#dialog img, #dialog script").count());
    }

    @Test
    void everyFieldThatIsMeantToHarmComesOutAsText() throws Exception {
        String markup = "<img src=x onerror=document.title='owned'>";
        String emoji = "<img src=x onerror=alert(1)>";
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id =
                ok(api.post("/conversations", """
                        {"conversation_type":"group","name":"Evil","description":"%1$s","category":"%1$s",
                         "visibility":"public","participant_ids":["bob"]}""".formatted(markup))).path("id").asLong();
        String text = "{\"conversation_id\":%d,\"content\":\"%s\",\"reply_to_id\":%s}";
        long said = ok(api.post("/messages", text.formatted(id, markup, null)))
                .path("id")
                .asLong();
        ok(api.post("/messages", text.formatted(id, markup, said)));
        ok(api.post("/messages/%d/reactions".formatted(said), "{\"emoji\":\"%s\"}".formatted(emoji)));
        ok(api.post("/messages/%d/reactions".formatted(said), "{\"emoji\":\"\\\"]\"}"));
        ok(api.post("/messages/%d/pin".formatted(said), "{}"));
        ok(api.put(
                "/conversations/%d/participants/bob/voice".formatted(id),
                "{\"muted\":true,\"reason\":\"%s\"}".formatted(markup)));
        Page ann = enter("ann");
        Page bob = enter("bob");
        Page cid = enter("cid");
        open(ann, "Evil");
        open(bob, "Evil");

        ann.fill("#status-text", markup);
        ann.press("#status-text", "Tab");
        ann.setInputFiles("#files", new FilePayload(emoji + ".txt", "text/plain", new byte[] {'a'}));
        assertThat(ann.locator("#tray progress")).hasCount(0);
        say(ann, "a file");
        assertThat(bob.locator(".file")).containsText(emoji);
        assertThat(bob.locator(".reactions button").first()).containsText(emoji);
        ann.locator(".reactions button").last().click();
        assertThat(ann.locator(".reactions button")).hasCount(1);
        bob.click("#pins-open");
        assertThat(bob.locator("#pins-list")).containsText(markup);
        bob.locator("#log .message").first().hover();
        bob.locator("#log .message").first().locator("[data-act=thread]").click();
        assertThat(bob.locator("#thread-log .body").first()).hasText(markup);
        bob.click("#about");
        assertThat(bob.locator("#dialog-body > p[dir=auto]")).hasText(markup);
        assertThat(bob.locator("#dialog .people")).containsText(markup);
        cid.click("#new");
        assertThat(cid.locator("#dialog .people")).containsText(markup);
        ok(api.put("/conversations/%d/bans/cid".formatted(id), "{\"reason\":\"%s\"}".formatted(markup)));
        ann.click("#about");
        ann.locator("#dialog-body footer button").getByText("Moderation").click();
        ann.getByText("Audit log").click();
        assertThat(ann.locator(".cases .why").first()).hasText(markup);
        ann.locator("[role=tab]").getByText("Bans").click();
        assertThat(ann.locator("[role=tabpanel]:not([hidden]) .why")).hasText(markup);

        for (Page page : List.of(ann, bob, cid)) {
            assertEquals(0, page.locator("[onerror], img[src=x]").count());
            assertFalse(page.title().contains("owned"));
        }
    }

    @Test
    void whatSomebodySaysWhomOneHasBlockedIsHiddenInGroups() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Peace");
        open(bob, "Peace");
        say(bob, "noise");
        assertThat(message(ann, "noise")).isVisible();

        ok(api.put("/blocks/bob", "{}"));
        ann.reload();
        open(ann, "Peace");

        assertThat(ann.locator("#log .message")).containsText("you have blocked who said this");
        assertThat(message(ann, "noise")).hasCount(0);
        ann.click("[data-act=reveal]");
        assertThat(message(ann, "noise")).isVisible();
        ok(api.delete("/blocks/bob"));
    }

    private static JsonNode ok(ChatClient.Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    private static double topOf(Page page, String text) {
        return ((Number) message(page, text).evaluate("node => node.getBoundingClientRect().top")).doubleValue();
    }

    private static List<String> texts(Page page) {
        return page.locator("#log .body").allInnerTexts();
    }
}
