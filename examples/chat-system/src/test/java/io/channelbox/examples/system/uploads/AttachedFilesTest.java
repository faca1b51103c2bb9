package io.channelbox.examples.system.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.MessageKind;
import io.channelbox.message.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is uploaded lives as long as a message names it, whatever happens at the same time, and is seen with it. */
class AttachedFilesTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CID = new UserId("cid");

    @TempDir
    Path folder;

    private Uploads uploads;
    private AttachedFiles files;
    private Conversations conversations;
    /** Of a program that is killed as soon as something is stored, or is slow to note it. */
    private Conversations unheard;

    private ConversationId group;
    private ConversationId other;
    private Upload upload;

    @BeforeEach
    void anUploadToAGroup() throws IOException {
        var store = new InMemoryConversationStore();
        uploads = new Uploads(folder);
        files = new AttachedFiles(uploads, store);
        conversations = Conversations.in(store).listener(files).build();
        unheard = Conversations.in(store).build();
        group = conversations
                .createGroup(ANN, GroupDetails.named("Group"), List.of(BOB))
                .id();
        other = conversations
                .createGroup(ANN, GroupDetails.named("Other"), List.of(CID))
                .id();
        upload = uploads.keep(ANN, group, "a.txt", new ByteArrayInputStream("text".getBytes(UTF_8)));
    }

    @Test
    void whatIsNotSaidYetIsSeenByItsOwnerAlone() {
        assertTrue(files.isSeenBy(ANN, upload));
        assertFalse(files.isSeenBy(BOB, upload));

        say();

        assertTrue(files.isSeenBy(BOB, upload));
        assertFalse(files.isSeenBy(CID, upload));
    }

    @Test
    void whatWasTakenBackIsSeenByNobodyButWhereItIsSaidElsewhere() {
        ChatMessage message = say();
        ChatMessage forwarded = conversations.forward(ANN, message.id(), other, Optional.empty());

        conversations.delete(ANN, message.id());

        assertFalse(files.isSeenBy(BOB, upload));
        assertTrue(files.isSeenBy(CID, upload));
        conversations.delete(ANN, forwarded.id());
        assertFalse(files.isSeenBy(CID, upload));
        assertFalse(files.isSeenBy(ANN, upload));
    }

    @Test
    void whatAnotherProgramTakesBackIsNotSeenFromThatMomentOn() {
        ChatMessage message = say();

        unheard.delete(ANN, message.id());

        assertFalse(files.isSeenBy(BOB, upload));
        assertFalse(files.isSeenBy(ANN, upload));
    }

    @Test
    void whatWasTakenBackIsForgottenADayLaterUnlessItIsSaidAgain() throws IOException {
        uploadedLongAgo();
        conversations.delete(ANN, say().id());
        uploads.forgetUnattached(yesterday());

        ChatMessage again = say();
        cleanAll();

        assertTrue(files.isSeenBy(BOB, upload));
        conversations.delete(ANN, again.id());
        cleanAll();
        assertEquals(0, filesInFolder());
    }

    @Test
    void aFileLivesOnInAForwardDuringWhichItsMessageIsTakenBack() {
        ChatMessage message = say();

        files.forwarding(message.id(), other, () -> {
            ChatMessage forwarded = unheard.forward(ANN, message.id(), other, Optional.empty());
            conversations.delete(ANN, message.id());
            cleanAll();
            return forwarded;
        });
        cleanAll();

        assertTrue(files.isSeenBy(CID, upload));
    }

    @Test
    void aFileIsKeptThatWasForwardedByAProgramThatWasKilledBeforeItNotedIt() {
        ChatMessage message = say();
        assertThrows(
                Killed.class,
                () -> files.forwarding(message.id(), other, () -> {
                    unheard.forward(ANN, message.id(), other, Optional.of("once"));
                    throw new Killed();
                }));

        conversations.delete(ANN, message.id());
        cleanAll();
        files.forwarding(message.id(), other, () -> unheard.forward(ANN, message.id(), other, Optional.of("once")));

        assertTrue(files.isSeenBy(CID, upload));
    }

    @Test
    void aRefusedSendLeavesAFileToAMessageThatWasStoredAndNotNoted() {
        assertThrows(
                Killed.class,
                () -> files.sending(attached(), group, () -> {
                    unheard.send(ANN, group, draft());
                    throw new Killed();
                }));

        assertThrows(NotAllowedException.class, () -> files.sending(attached(), group, this::refused));
        cleanAll();

        assertTrue(files.isSeenBy(BOB, upload));
    }

    @Test
    void aMessageThatWasTakenBackBeforeItWasNotedKeepsNothing() throws IOException {
        files.sending(attached(), group, () -> {
            ChatMessage message = unheard.send(ANN, group, draft());
            conversations.delete(ANN, message.id());
            return message;
        });

        cleanAll();

        assertEquals(0, filesInFolder());
    }

    @Test
    void aMessageThatNobodyNotedTakesItsFileWithIt() throws IOException {
        assertThrows(
                Killed.class,
                () -> files.sending(attached(), group, () -> {
                    unheard.send(ANN, group, draft());
                    throw new Killed();
                }));
        ChatMessage message = conversations
                .messages(ANN, group, Optional.empty(), 1)
                .messages()
                .get(0);

        conversations.delete(ANN, message.id());

        assertFalse(files.isSeenBy(BOB, upload));
        cleanAll();
        assertEquals(0, filesInFolder());
    }

    @Test
    void oneThatGoesDuringTheCleaningDoesNotEndIt() throws IOException {
        Files.createSymbolicLink(folder.resolve("A".repeat(32)), folder.resolve("gone"));
        Files.createFile(folder.resolve("B".repeat(32)));
        Files.createFile(folder.resolve("B".repeat(32) + ".uses"));

        cleanAll();

        assertTrue(uploads.find(upload.id()).isEmpty());
    }

    private ChatMessage say() {
        return files.sending(attached(), group, () -> conversations.send(ANN, group, draft()));
    }

    private ChatMessage refused() {
        throw new NotAllowedException();
    }

    private List<Attachment> attached() {
        return List.of(new Attachment(upload.url(), upload.name(), upload.contentType(), upload.size()));
    }

    private MessageDraft draft() {
        return new MessageDraft(MessageKind.FILE, "", attached(), Optional.empty(), Optional.empty());
    }

    private void uploadedLongAgo() throws IOException {
        Files.setLastModifiedTime(
                uploads.fileOf(upload), FileTime.from(yesterday().minusSeconds(60)));
    }

    private static Instant yesterday() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    /** As if a day had gone by. */
    private void cleanAll() {
        uploads.forgetUnattached(Instant.now().plusSeconds(60));
    }

    private long filesInFolder() throws IOException {
        try (var all = Files.list(folder)) {
            return all.count();
        }
    }

    /** As if the program had ended there. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
