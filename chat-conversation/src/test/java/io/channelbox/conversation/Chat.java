package io.channelbox.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.function.Executable;

/** Conversations in memory, where a second passes when a test says so, and all that was told of them. */
final class Chat {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final UserId EVE = new UserId("eve");
    static final UserId DAN = new UserId("dan");

    /** Who moderates everywhere, and is in no conversation. */
    static final UserId MODERATOR = new UserId("moderator");

    /** Whom the directory does not know. */
    static final UserId NOBODY = new UserId("nobody");

    static final ConversationId NO_CONVERSATION = new ConversationId(999_999);
    static final ChatMessageId NO_MESSAGE = new ChatMessageId(999_999);

    final ConversationStore store;
    final Conversations conversations;
    final Moderation moderation;
    final List<ConversationEvent> told = Collections.synchronizedList(new ArrayList<>());

    /** What every text has to pass. */
    volatile MessageFilter filter = (author, conversation, content) -> MessageFilter.Verdict.PASSED;

    /** What happens when somebody is looked up. */
    volatile Consumer<UserId> onLookup = user -> {};

    /** What happens when something is told. */
    volatile Consumer<ConversationEvent> onTold = event -> {};

    private volatile Instant now = NOON;

    Chat() {
        this(new InMemoryConversationStore());
    }

    /** Knows users by this directory. */
    Chat(UserDirectory directory) {
        this(new InMemoryConversationStore(), directory);
    }

    /** Tells these listeners before it notes itself what was told. */
    Chat(ConversationStore store, ConversationListener... listeners) {
        this(store, Chat::profile, listeners);
    }

    private Chat(ConversationStore store, UserDirectory directory, ConversationListener... listeners) {
        this.store = store;
        Conversations.Builder builder = Conversations.in(store)
                .directory(user -> {
                    onLookup.accept(user);
                    return directory.find(user);
                })
                .filter((author, conversation, content) -> filter.check(author, conversation, content))
                .moderators(MODERATOR::equals)
                .clock(() -> now);
        List.of(listeners).forEach(builder::listener);
        this.conversations = builder.listener(told::add)
                .listener(event -> onTold.accept(event))
                .build();
        this.moderation = Moderation.of(conversations, store);
    }

    private static Optional<Profile> profile(UserId user) {
        return user.equals(NOBODY)
                ? Optional.empty()
                : Optional.of(new Profile(user, "The " + user, Optional.of("https://example.org/" + user)));
    }

    Instant now() {
        return now;
    }

    void aSecondPasses() {
        passes(Duration.ofSeconds(1));
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** Begins a private group that the first one owns. */
    ConversationId group(UserId owner, UserId... members) {
        return conversations
                .createGroup(owner, GroupDetails.named("Lunch"), List.of(members))
                .id();
    }

    ConversationId publicGroup(UserId owner, UserId... members) {
        return conversations
                .createGroup(owner, GroupDetails.named("Lunch").open(), List.of(members))
                .id();
    }

    ChatMessage say(UserId author, ConversationId id, String content) {
        return conversations.send(author, id, MessageDraft.text(content));
    }

    ChatMessage answer(UserId author, ChatMessage target, String content) {
        return conversations.send(
                author, target.conversation(), MessageDraft.text(content).inReplyTo(target.id()));
    }

    List<String> texts(UserId me, ConversationId id) {
        return texts(conversations.messages(me, id, Optional.empty(), 100));
    }

    static List<String> texts(MessagePage page) {
        return page.messages().stream().map(ChatMessage::content).toList();
    }

    List<UserId> users(UserId me, ConversationId id) {
        return conversations.participants(me, id, 0, 100).stream()
                .map(Participant::user)
                .toList();
    }

    Role role(UserId user, ConversationId id) {
        return conversations.participant(user, id).role();
    }

    static void assertNotAllowed(Executable work) {
        assertThrows(NotAllowedException.class, work);
    }

    static void assertRefused(String code, Executable work) {
        assertEquals(code, assertThrows(PeerException.class, work).code());
    }

    /** Sees that the work is refused because of what is wrong in this place. */
    static void assertInvalid(String place, Executable work) {
        PeerException refusal = assertThrows(PeerException.class, work);

        assertEquals(PeerException.INVALID, refusal.code());
        assertEquals(
                List.of(place), refusal.problems().stream().map(Problem::path).toList());
    }
}
