package io.channelbox.examples.system.uploads;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.conversation.ConversationId;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps uploads in a folder: what was sent under a random name, beside it, written last, what is known of it, and {@link Uses what names it}. What passes through is never whole in memory. Safe for
 * many threads, and for many programs with one folder. {@link AttachedFiles} tells their life.
 */
public final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final int ID_BYTES = 24;
    private static final int LONGEST_NAME = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Uses uses;
    private final SecureRandom random = new SecureRandom();

    /** Keeps files in this folder, which is made if there is none. How large they may be is for who sends them here. */
    public Uploads(Path folder) {
        this.folder = folder;
        this.uses = new Uses(folder);
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
        if (!ID.matcher(id).matches() || !Files.isRegularFile(known(id)) || !Files.isRegularFile(folder.resolve(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(known(id)), Upload.class));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // forgotten meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Forgets what no message names and was uploaded, or named for the last time, before this moment; and what was never uploaded whole. What another program, or a deletion, takes away meanwhile is
     * passed over.
     */
    public void forgetUnattached(Instant before) {
        for (String id : ids()) {
            try {
                if (!uses.isNamed(id) && isOlder(id, before)) {
                    forget(id);
                }
            } catch (NoSuchFileException e) {
                log.debug("Another program has forgotten upload {} meanwhile", id);
            } catch (IOException e) {
                log.warn("Upload {} could not be forgotten", id, e);
            }
        }
    }

    private List<String> ids() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> ID.matcher(name).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOlder(String id, Instant moment) throws IOException {
        return Files.getLastModifiedTime(folder.resolve(id)).toInstant().isBefore(moment);
    }

    /** Hides it before it looks once more, so that either a send that begins now does not find it, or its mark is seen here. */
    private void forget(String id) throws IOException {
        boolean whole = Files.exists(known(id));
        if (whole) {
            Files.move(known(id), hidden(id), StandardCopyOption.ATOMIC_MOVE);
        }
        if (whole && uses.isNamed(id)) {
            Files.move(hidden(id), known(id), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        uses.forget(id);
        Files.deleteIfExists(hidden(id));
        Files.deleteIfExists(folder.resolve(id));
    }

    /** Returns what is served at this URL. */
    public Optional<Upload> atUrl(String url) {
        return url.startsWith(Upload.PATH) ? find(url.substring(Upload.PATH.length())) : Optional.empty();
    }

    /** Returns what names them. */
    Uses uses() {
        return uses;
    }

    Path fileOf(Upload upload) {
        return folder.resolve(upload.id());
    }

    private Path hidden(String id) {
        return folder.resolve(id + ".hidden");
    }

    private Path known(String id) {
        return folder.resolve(id + ".json");
    }
}
