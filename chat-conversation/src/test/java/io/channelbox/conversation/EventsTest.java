package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.DAN;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.conversation.ConversationEvent.Audited;
import io.channelbox.conversation.ConversationEvent.Changed;
import io.channelbox.conversation.ConversationEvent.Created;
import io.channelbox.conversation.ConversationEvent.MessageDeleted;
import io.channelbox.conversation.ConversationEvent.MessageEdited;
import io.channelbox.conversation.ConversationEvent.MessageSent;
import io.channelbox.conversation.ConversationEvent.ParticipantAdded;
import io.channelbox.conversation.ConversationEvent.ParticipantChanged;
import io.channelbox.conversation.ConversationEvent.ParticipantRemoved;
import io.channelbox.conversation.ConversationEvent.Reacted;
import io.channelbox.conversation.ConversationEvent.Read;
import io.channelbox.conversation.ConversationEvent.ReportChanged;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/** What is changed is stored, and then told once. */
class EventsTest {

    /** Something that is done in a place, and what is told of it. */
    private record Deed(String name, BiConsumer<Conversations, Place> work, List<Class<?>> told) {}

    /** A group of Ann's with Bob and Dan in it, and what Bob has said there, and reacted to. */
    private record Place(ConversationId group, ChatMessageId bobs) {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(Changes.class);
    private final ListAppender<ILoggingEvent> records = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        records.start();
        logger.setAdditive(false);
        logger.addAppender(records);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(records);
        logger.setAdditive(true);
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsToldOnce() {
        return changes().stream().map(EventsTest::test);
    }

    @TestFactory
    Stream<DynamicTest> whatChangesNothingIsNotTold() {
        return Stream.of(
                        deed("a direct conversation that there is", (all, at) -> all.openDirect(BOB, ANN)),
                        deed("a group with somebody blocked", (all, at) -> {
                            all.block(EVE, ANN);
                            Chat.assertNotAllowed(
                                    () -> all.createGroup(ANN, GroupDetails.named("Other"), List.of(EVE)));
                        }),
                        deed(
                                "the same client id",
                                (all, at) -> all.send(
                                        BOB, at.group(), MessageDraft.text("a").called("c1"))),
                        deed("the same text", (all, at) -> all.edit(BOB, at.bobs(), "a")),
                        deed("the same reaction", (all, at) -> all.react(BOB, at.bobs(), "👍")),
                        deed("no reaction to take back", (all, at) -> all.unreact(ANN, at.bobs(), "👍")),
                        deed("what was read before", (all, at) -> all.read(BOB, at.group())),
                        deed(
                                "the same details",
                                (all, at) -> all.describe(ANN, at.group(), GroupDetails.named("Lunch"))),
                        deed("taken up though it is", (all, at) -> all.unarchive(ANN, at.group())),
                        deed("added who is there", (all, at) -> all.add(ANN, at.group(), BOB)),
                        deed("joined who is there", (all, at) -> all.join(BOB, at.group())),
                        deed("the same role", (all, at) -> all.appoint(ANN, at.group(), BOB, Role.MEMBER)),
                        deed("a voice that was not taken", (all, at) -> all.unmute(ANN, at.group(), BOB)),
                        deed("a block", (all, at) -> all.block(ANN, EVE)),
                        deed("a page", (all, at) -> all.messages(ANN, at.group(), Optional.empty(), 10)))
                .map(EventsTest::test);
    }

    @Test
    void whatIsToldIsKept() {
        var store = new InMemoryConversationStore();
        var notKept = new ArrayList<ConversationEvent>();
        ConversationListener reader = event -> {
            if (!store.<Boolean>read(kept -> isKept(event, kept))) {
                notKept.add(event);
            }
        };

        for (Deed deed : changes()) {
            var chat = new Chat(store, reader);
            deed.work().accept(chat.conversations, placeIn(chat));
        }

        assertEquals(List.of(), notKept);
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheCallNorOtherListeners() {
        for (Throwable failure : List.of(new IllegalStateException("listener"), new AssertionError("listener"))) {
            var chat = new Chat(new InMemoryConversationStore(), event -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            });

            ConversationId group = chat.group(ANN);
            chat.say(ANN, group, "a");

            assertEquals(List.of(Created.class, MessageSent.class), types(chat.told));
            assertEquals(List.of("a"), chat.texts(ANN, group));
        }
        assertEquals(
                Collections.nCopies(4, Level.ERROR),
                records.list.stream().map(ILoggingEvent::getLevel).toList());
    }

    @Test
    void listenersAreToldInTheOrderInWhichTheyWereNamed() {
        var heard = new ArrayList<String>();

        var chat = new Chat(new InMemoryConversationStore(), event -> heard.add("first"), event -> heard.add("second"));
        chat.group(ANN);

        assertEquals(List.of("first", "second"), heard);
    }

    @Test
    void whatCannotBeStoredIsNotTold() {
        var store = new UnreliableStore();
        var chat = new Chat(store);
        ConversationId group = chat.group(ANN);
        chat.told.clear();
        store.isFull = true;

        assertThrows(StoreException.class, () -> chat.say(ANN, group, "a"));

        assertEquals(List.of(), chat.told);
        assertEquals(List.of(), chat.texts(ANN, group));
        store.isFull = false;
        assertEquals(1, chat.say(ANN, group, "a").sequence());
    }

    @Test
    void workThatTheStoreBeginsAgainIsToldOnce() {
        var store = new UnreliableStore();
        store.beginsAgain = true;
        var chat = new Chat(store);

        ConversationId group = chat.group(ANN);
        chat.say(ANN, group, "a");

        assertEquals(List.of(Created.class, MessageSent.class), types(chat.told));
        assertEquals(List.of("a"), chat.texts(ANN, group));
    }

    private static List<Deed> changes() {
        return List.of(
                deed("a direct conversation", (all, at) -> all.openDirect(ANN, EVE), Created.class),
                deed(
                        "a group",
                        (all, at) -> all.createGroup(ANN, GroupDetails.named("Other"), List.of(BOB)),
                        Created.class),
                deed("a message", (all, at) -> all.send(ANN, at.group(), MessageDraft.text("b")), MessageSent.class),
                deed(
                        "a message of the application",
                        (all, at) -> all.announce(at.group(), Profile.of(EVE, "Eve"), "b"),
                        MessageSent.class),
                deed("an edit", (all, at) -> all.edit(BOB, at.bobs(), "b"), MessageEdited.class),
                deed("a deletion", (all, at) -> all.delete(ANN, at.bobs()), MessageDeleted.class, Audited.class),
                deed("a reaction", (all, at) -> all.react(ANN, at.bobs(), "👍"), Reacted.class),
                deed("a reaction taken back", (all, at) -> all.unreact(BOB, at.bobs(), "👍"), Reacted.class),
                deed("what is read", (all, at) -> all.read(ANN, at.group()), Read.class),
                deed("what is read up to", (all, at) -> all.read(ANN, at.group(), at.bobs()), Read.class),
                deed(
                        "new details",
                        (all, at) -> all.describe(ANN, at.group(), GroupDetails.named("Dinner")),
                        Changed.class),
                deed(
                        "archived and taken up again",
                        (all, at) -> {
                            all.archive(ANN, at.group());
                            all.archive(ANN, at.group());
                            all.unarchive(ANN, at.group());
                        },
                        Changed.class,
                        Changed.class),
                deed("somebody added", (all, at) -> all.add(ANN, at.group(), EVE), ParticipantAdded.class),
                deed(
                        "somebody who joins",
                        (all, at) -> {
                            all.describe(
                                    ANN, at.group(), GroupDetails.named("Lunch").open());
                            all.join(EVE, at.group());
                        },
                        Changed.class,
                        ParticipantAdded.class),
                deed(
                        "somebody removed",
                        (all, at) -> all.remove(ANN, at.group(), BOB),
                        ParticipantRemoved.class,
                        Audited.class),
                deed("somebody who leaves", (all, at) -> all.leave(BOB, at.group()), ParticipantRemoved.class),
                deed(
                        "the last one who leaves",
                        (all, at) -> {
                            for (UserId member : List.of(BOB, DAN)) {
                                all.leave(member, at.group());
                            }
                            all.leave(ANN, at.group());
                        },
                        ParticipantRemoved.class,
                        ParticipantRemoved.class,
                        ParticipantRemoved.class,
                        Changed.class),
                deed(
                        "the last one who leaves what is archived",
                        (all, at) -> {
                            all.archive(ANN, at.group());
                            all.remove(ANN, at.group(), BOB);
                            all.remove(ANN, at.group(), DAN);
                            all.leave(ANN, at.group());
                        },
                        Changed.class,
                        ParticipantRemoved.class,
                        Audited.class,
                        ParticipantRemoved.class,
                        Audited.class,
                        ParticipantRemoved.class),
                deed(
                        "another role",
                        (all, at) -> all.appoint(ANN, at.group(), BOB, Role.ADMIN),
                        ParticipantChanged.class),
                deed(
                        "a group handed over",
                        (all, at) -> all.handOver(ANN, at.group(), BOB),
                        ParticipantChanged.class,
                        ParticipantChanged.class),
                deed(
                        "a voice taken and given",
                        (all, at) -> {
                            all.mute(ANN, at.group(), BOB);
                            all.mute(ANN, at.group(), BOB);
                            all.unmute(ANN, at.group(), BOB);
                        },
                        ParticipantChanged.class,
                        Audited.class,
                        ParticipantChanged.class,
                        Audited.class),
                deed(
                        "a report, twice",
                        (all, at) -> {
                            all.report(ANN, at.bobs(), "spam", "");
                            all.report(ANN, at.bobs(), "spam", "");
                        },
                        ReportChanged.class),
                deed(
                        "a frozen group, twice",
                        (all, at) -> {
                            all.moderate(ANN, at.group(), "", ModerationChange::freeze);
                            all.moderate(ANN, at.group(), "", ModerationChange::freeze);
                        },
                        Changed.class,
                        Audited.class),
                deed(
                        "a ban",
                        (all, at) -> all.moderate(ANN, at.group(), "", change -> change.ban(BOB, Optional.empty())),
                        ParticipantRemoved.class,
                        Audited.class));
    }

    private static Deed deed(String name, BiConsumer<Conversations, Place> work, Class<?>... told) {
        return new Deed(name, work, Arrays.asList(told));
    }

    private static DynamicTest test(Deed deed) {
        return DynamicTest.dynamicTest(deed.name(), () -> {
            var chat = new Chat();
            Place place = placeIn(chat);
            chat.told.clear();

            deed.work().accept(chat.conversations, place);

            assertEquals(deed.told(), types(chat.told));
        });
    }

    private static Place placeIn(Chat chat) {
        chat.conversations.openDirect(ANN, BOB);
        ConversationId group = chat.group(ANN, BOB, DAN);
        ChatMessageId bobs = chat.conversations
                .send(BOB, group, MessageDraft.text("a").called("c1"))
                .id();
        chat.conversations.react(BOB, bobs, "👍");
        return new Place(group, bobs);
    }

    private static List<Class<?>> types(List<ConversationEvent> events) {
        var types = new ArrayList<Class<?>>();
        events.forEach(event -> types.add(event.getClass()));
        return types;
    }

    private static boolean isKept(ConversationEvent event, ConversationReader kept) {
        ConversationId id = event.conversation();
        if (event instanceof Created created) {
            return kept.conversation(id).equals(Optional.of(created.created()))
                    && kept.participants(id, 0, 10).equals(created.participants());
        } else if (event instanceof Changed changed) {
            return kept.conversation(id).equals(Optional.of(changed.changed()));
        } else if (event instanceof ParticipantAdded added) {
            return isKept(added.participant(), kept);
        } else if (event instanceof ParticipantChanged changed) {
            return isKept(changed.participant(), kept);
        } else if (event instanceof Read read) {
            return isKept(read.participant(), kept);
        } else if (event instanceof ParticipantRemoved removed) {
            return kept.participant(id, removed.participant().user()).isEmpty();
        } else if (event instanceof MessageSent sent) {
            return isKept(sent.message(), kept);
        } else if (event instanceof MessageEdited edited) {
            return isKept(edited.message(), kept);
        } else if (event instanceof MessageDeleted deleted) {
            return isKept(deleted.message(), kept);
        }
        if (event instanceof Audited audited) {
            return kept.moderation().audit(id, OptionalLong.empty(), 10).contains(audited.entry());
        } else if (event instanceof ReportChanged reported) {
            return kept.moderation().report(reported.report().number()).equals(Optional.of(reported.report()));
        }
        var reacted = (Reacted) event;
        ChatMessageId message = reacted.message().id();
        List<Reactions> reactions = Objects.requireNonNull(
                kept.reactions(List.of(message), reacted.by()).getOrDefault(message, List.of()));
        return reacted.added()
                == reactions.stream().anyMatch(each -> each.emoji().equals(reacted.emoji()) && each.mine());
    }

    private static boolean isKept(Participant participant, ConversationReader kept) {
        return kept.participant(participant.conversation(), participant.user()).equals(Optional.of(participant));
    }

    private static boolean isKept(ChatMessage message, ConversationReader kept) {
        return kept.message(message.id()).equals(Optional.of(message));
    }

    /** Cannot keep anything when it is full; and may do all work twice, and keep only the second. */
    private static final class UnreliableStore implements ConversationStore {

        private final ConversationStore inner = new InMemoryConversationStore();
        private boolean isFull;
        private boolean beginsAgain;

        @Override
        public <T> T read(Function<? super ConversationReader, ? extends T> work) {
            return inner.read(work);
        }

        @Override
        public <T> T write(Function<? super ConversationWriter, ? extends T> work) {
            if (isFull || beginsAgain) {
                StoreException failure = assertThrows(
                        StoreException.class,
                        () -> inner.write(writer -> {
                            T lost = work.apply(writer);
                            throw new StoreException("Cannot keep " + lost, new IOException("disk full"));
                        }));
                if (isFull) {
                    throw failure;
                }
            }
            return inner.write(work);
        }
    }
}
