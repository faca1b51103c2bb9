package io.channelbox.examples.system.uploads;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What names an upload, beside it in the same folder: a file for each send that is under way, or of which nobody knows how it ended, one for each stored message, and one that says that a message
 * was taken back. Safe for many threads, and for many programs with one folder.
 */
final class Uses {

    /** A stored message, and where it is. */
    record Use(ConversationId conversation, ChatMessageId message) {

        static Use by(ChatMessage message) {
            return new Use(message.conversation(), message.id());
        }

        private static Use of(String name) {
            int dash = name.indexOf('-');
            return new Use(
                    new ConversationId(Long.parseLong(name.substring(0, dash))),
                    new ChatMessageId(Long.parseLong(name.substring(dash + 1))));
        }

        private String name() {
            return conversation + "-" + message;
        }
    }

    /** One send to a conversation, unlike all others. */
    record Send(ConversationId to, UUID id) {

        static Send to(ConversationId conversation) {
            return new Send(conversation, UUID.randomUUID());
        }

        private String name() {
            return to + "-" + id;
        }
    }

    private final Path folder;
    private final InstantSource clock = InstantSource.system();

    Uses(Path folder) {
        this.folder = folder;
    }

    /** A send is about to name it. */
    void begin(Upload upload, Send send) {
        create(sends(upload.id()), send.name());
    }

    /** The send was refused, or its message is noted. */
    void end(Upload upload, Send send) {
        try {
            Files.deleteIfExists(sends(upload.id()).resolve(send.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stored message names it. */
    void note(Upload upload, Use use) {
        create(uses(upload.id()), use.name());
    }

    /**
     * A message names it no more: it was taken back, and with it the sends to its conversation of which nobody knows how they ended. From now on only stored messages show it, and its last day begins
     * if there is none.
     */
    void release(Upload upload, Use use) {
        try {
            mark(released(upload.id()));
            Files.setLastModifiedTime(folder.resolve(upload.id()), FileTime.from(clock.instant()));
            Files.deleteIfExists(uses(upload.id()).resolve(use.name()));
            for (String send : names(sends(upload.id()))) {
                if (send.startsWith(use.conversation() + "-")) {
                    Files.deleteIfExists(sends(upload.id()).resolve(send));
                }
            }
        } catch (NoSuchFileException e) {
            // another program has forgotten it meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the stored messages that name it. */
    List<Use> of(Upload upload) {
        try {
            return names(uses(upload.id())).stream().map(Use::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a send has begun to name it, and nobody knows yet how it ended. */
    boolean isBegun(Upload upload) {
        try {
            return !names(sends(upload.id())).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a message that named it was taken back. */
    boolean isReleased(Upload upload) {
        return Files.exists(released(upload.id()));
    }

    /** Tells whether a send or a message names it. */
    boolean isNamed(String id) throws IOException {
        return !names(sends(id)).isEmpty() || !names(uses(id)).isEmpty();
    }

    /** Forgets what nothing names. */
    void forget(String id) throws IOException {
        Files.deleteIfExists(sends(id));
        Files.deleteIfExists(uses(id));
        Files.deleteIfExists(released(id));
    }

    private static void create(Path within, String name) {
        try {
            Files.createDirectories(within);
            mark(within.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mark(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // it was noted before
        }
    }

    private static List<String> names(Path within) throws IOException {
        try (Stream<Path> all = Files.list(within)) {
            return all.map(each -> String.valueOf(each.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Path sends(String id) {
        return folder.resolve(id + ".sends");
    }

    private Path uses(String id) {
        return folder.resolve(id + ".uses");
    }

    private Path released(String id) {
        return folder.resolve(id + ".released");
    }
}
