package io.channelbox.examples.system.uploads;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationId;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps uploads in a folder: what was sent under a random name, beside it, written last, what is known of it, a mark when a message names it, and which messages do. What passes through is never
 * whole in memory. Safe for many threads.
 */
public final class Uploads {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final int ID_BYTES = 24;
    private static final int LONGEST_NAME = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** Keeps files in this folder, which is made if there is none. How large they may be is for who sends them here. */
    public Uploads(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Uploads cannot be kept in " + folder, e);
        }
    }

    /**
     * Keeps what comes.
     *
     * @throws PeerException {@code invalid} when it is empty, or of no type that we take
     */
    Upload keep(UserId user, ConversationId conversation, String name, InputStream content) throws IOException {
        String checked = checked(name);
        String id = newId();
        Path file = folder.resolve(id);
        try {
            byte[] beginning = content.readNBytes(FileType.BEGINNING);
            FileType type = FileType.of(beginning, checked)
                    .orElseThrow(
                            () -> PeerException.invalid("must be a picture, a PDF, a ZIP or a text, and be called so"));
            long size = copy(beginning, content, file);
            var upload = new Upload(id, user.value(), conversation.value(), checked, type.contentType(), size);
            JSON.writeValue(known(id).toFile(), upload);
            return upload;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private long copy(byte[] beginning, InputStream rest, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            out.write(beginning);
            long size = beginning.length + rest.transferTo(out);
            if (size == 0) {
                throw PeerException.invalid("must not be empty");
            }
            return size;
        }
    }

    private static String checked(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        if (last.isEmpty() || last.length() > LONGEST_NAME || last.codePoints().anyMatch(Uploads::isUnseen)) {
            throw PeerException.invalid(List.of(
                    new Problem("query.name", "must have 1 to " + LONGEST_NAME + " characters that can be seen")));
        }
        return last;
    }

    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Returns what was uploaded under an id. */
    Optional<Upload> find(String id) {
        if (!ID.matcher(id).matches() || !Files.isRegularFile(known(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(known(id).toFile(), Upload.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps an upload for good, as a message names it. */
    public void attach(Upload upload) {
        try {
            Files.createFile(attached(upload.id()));
        } catch (FileAlreadyExistsException e) {
            // it was attached before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No message names an upload after all: what others do not name either is forgotten like what never was attached. */
    public void detach(Upload upload) {
        if (!isUsed(upload.id())) {
            delete(attached(upload.id()));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that a message of this conversation names an upload, which those who are in it may see from now on. */
    void use(Upload upload, ChatMessage message) {
        try {
            Files.createDirectories(uses(upload.id()));
            Files.createFile(use(upload.id(), message));
        } catch (FileAlreadyExistsException e) {
            // it was noted before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that a message names an upload no more. What no message names is forgotten. */
    void release(Upload upload, ChatMessage message) {
        try {
            Files.deleteIfExists(use(upload.id(), message));
            if (!isUsed(upload.id())) {
                Files.deleteIfExists(uses(upload.id()));
                forget(upload.id());
                Files.deleteIfExists(attached(upload.id()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns in which conversations messages name an upload. */
    Set<ConversationId> conversations(Upload upload) {
        if (!Files.isDirectory(uses(upload.id()))) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(uses(upload.id()))) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .map(name -> new ConversationId(Long.parseLong(name.substring(0, name.indexOf('-')))))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUsed(String id) {
        if (!Files.isDirectory(uses(id))) {
            return false;
        }
        try (Stream<Path> all = Files.list(uses(id))) {
            return all.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what was uploaded before this moment and no message names, and what was never uploaded whole. */
    public void forgetUnattached(Instant before) {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(each ->
                            ID.matcher(String.valueOf(each.getFileName())).matches())
                    .toList()) {
                String id = String.valueOf(file.getFileName());
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(before);
                if (old && !Files.exists(attached(id)) && !isUsed(id)) {
                    forget(id);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget(String id) throws IOException {
        Files.deleteIfExists(known(id));
        Files.deleteIfExists(folder.resolve(id));
    }

    /** Returns what is served at this URL. */
    public Optional<Upload> atUrl(String url) {
        return url.startsWith(Upload.PATH) ? find(url.substring(Upload.PATH.length())) : Optional.empty();
    }

    Path fileOf(Upload upload) {
        return folder.resolve(upload.id());
    }

    private Path attached(String id) {
        return folder.resolve(id + ".attached");
    }

    private Path uses(String id) {
        return folder.resolve(id + ".uses");
    }

    private Path use(String id, ChatMessage message) {
        return uses(id).resolve(message.conversation() + "-" + message.id());
    }

    private Path known(String id) {
        return folder.resolve(id + ".json");
    }
}
