package io.channelbox.conversation.moderation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.Ban;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ModerationChange;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.ReportState;
import io.channelbox.conversation.Role;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What those may do who keep conversations civil: the admins of a group to those below them, and
 * {@linkplain io.channelbox.conversation.Moderators moderators} of the application to everybody in any group. Each method ends with the reason, of up to 500
 * characters, which may be empty; it is kept in the audit log with who did what, to whom, and when. Refusals are those of {@link Conversations}. Safe for use by many threads.
 *
 * <pre>{@code
 * var conversations = Conversations.in(store).moderators(staff::contains).build();
 * var moderation = Moderation.of(conversations, store);
 * moderation.mute(ann, group, bob, Term.of(Duration.ofMinutes(10)), "shouting");
 * }</pre>
 */
public final class Moderation {

    private static final int CONTEXT = 10;

    private final Conversations conversations;
    private final ConversationStore store;

    private Moderation(Conversations conversations, ConversationStore store) {
        this.conversations = Objects.requireNonNull(conversations, "conversations");
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Returns the moderation of the conversations that are kept there. */
    public static Moderation of(Conversations conversations, ConversationStore store) {
        return new Moderation(conversations, store);
    }

    /** Takes somebody's voice: they can read, and not speak, edit or react. A mute that there was is replaced. */
    public Participant mute(UserId me, ConversationId id, UserId user, Term term, String reason) {
        return conversations.moderate(me, id, reason, change -> change.mute(user, term.endSeenAt(change.now())));
    }

    /** Gives somebody their voice again. */
    public Participant unmute(UserId me, ConversationId id, UserId user, String reason) {
        return conversations.moderate(me, id, reason, change -> change.unmute(user));
    }

    /**
     * Takes somebody out of a group, who may come back.
     *
     * @throws PeerException {@code owner} when a moderator takes out who owns it
     */
    public void kick(UserId me, ConversationId id, UserId user, String reason) {
        act(me, id, reason, change -> change.kick(user));
    }

    /**
     * Keeps somebody out of a group, in it or not: they cannot be added, join it, or see it as a public one. A ban that there was is replaced.
     *
     * @throws PeerException {@code owner} when a moderator bans who owns it
     */
    public Ban ban(UserId me, ConversationId id, UserId user, Term term, String reason) {
        return conversations.moderate(me, id, reason, change -> change.ban(user, term.endSeenAt(change.now())));
    }

    /** Lifts a ban. Answers false when there was none. */
    public boolean unban(UserId me, ConversationId id, UserId user, String reason) {
        return conversations.moderate(me, id, reason, change -> change.unban(user));
    }

    /** Deletes what somebody said in a group; and in a direct conversation, when it was reported. Moderators may there. */
    public ChatMessage delete(UserId me, ChatMessageId message, String reason) {
        ConversationId home = store.read(kept -> kept.message(message))
                .map(ChatMessage::conversation)
                .orElseThrow(NotAllowedException::new);
        return conversations.moderate(me, home, reason, change -> change.delete(message));
    }

    /** Lets members of a group wait this long from one message to their next, up to a day; zero ends that. Admins need not wait. */
    public Conversation slowTo(UserId me, ConversationId id, Duration time, String reason) {
        return conversations.moderate(me, id, reason, change -> change.slowTo(time));
    }

    /** Lets nobody but admins speak in a group. */
    public Conversation freeze(UserId me, ConversationId id, String reason) {
        return conversations.moderate(me, id, reason, ModerationChange::freeze);
    }

    /** Lets everybody speak again. */
    public Conversation thaw(UserId me, ConversationId id, String reason) {
        return conversations.moderate(me, id, reason, ModerationChange::thaw);
    }

    /** Settles a report as right. One that is settled stays as it is. Admins may, of those below them; nobody of themselves. */
    public Report resolve(UserId me, long report, String reason) {
        return settle(me, report, ReportState.RESOLVED, reason);
    }

    /** Settles a report as baseless. One that is settled stays as it is. Who may resolve it may. */
    public Report dismiss(UserId me, long report, String reason) {
        return settle(me, report, ReportState.DISMISSED, reason);
    }

    private Report settle(UserId me, long number, ReportState decision, String reason) {
        ConversationId home = store.read(kept -> kept.moderation().report(number))
                .map(Report::conversation)
                .orElseThrow(NotAllowedException::new);
        return conversations.moderate(me, home, reason, change -> change.settle(number, decision));
    }

    /** Returns a report with its message and what was said before it. Who may settle it may: so much is read of a conversation that one is not in. */
    public ReportedMessage report(UserId me, long number) {
        boolean everywhere = conversations.isModerator(me);
        return store.read(kept -> {
            Report report = kept.moderation()
                    .report(number)
                    .filter(found -> !found.author().equals(me))
                    .filter(found ->
                            everywhere || found.isAboutOneBelow(requireAdmin(kept, me, found.conversation()), kept))
                    .orElseThrow(NotAllowedException::new);
            List<ChatMessage> before =
                    new ArrayList<>(kept.messages(report.conversation(), Optional.of(report.message()), CONTEXT));
            Collections.reverse(before);
            return new ReportedMessage(report, kept.message(report.message()).orElseThrow(), before);
        });
    }

    /** Returns the open reports of all conversations but those about the user, the newest first: the first ones, or those before this one. Moderators may. */
    public List<Report> openReports(UserId me, OptionalLong before, int limit) {
        requireModerator(me);
        int most = page(limit);
        return store.read(kept -> those(
                each -> !each.author().equals(me),
                before,
                most,
                from -> kept.moderation().openReports(from, most)));
    }

    /** Returns the open reports of a conversation but those about the user, the newest first; admins see those about people below them. */
    public List<Report> openReports(UserId me, ConversationId id, OptionalLong before, int limit) {
        int most = page(limit);
        boolean everywhere = conversations.isModerator(me);
        return store.read(kept -> {
            Optional<Role> above = everywhere ? Optional.empty() : Optional.of(requireAdmin(kept, me, id));
            return those(
                    each -> !each.author().equals(me)
                            && above.map(role -> each.isAboutOneBelow(role, kept))
                                    .orElse(true),
                    before,
                    most,
                    from -> kept.moderation().openReports(id, above, from, most));
        });
    }

    /** Nobody learns who has reported them, and no admin who has reported another, whatever they were then. */
    private static List<Report> those(
            Predicate<Report> seen, OptionalLong before, int most, Function<OptionalLong, List<Report>> pages) {
        var found = new ArrayList<Report>();
        List<Report> some = pages.apply(before);
        some.stream().filter(seen).forEach(found::add);
        while (some.size() == most && found.size() < most) {
            some = pages.apply(OptionalLong.of(some.get(most - 1).number()));
            some.stream().filter(seen).forEach(found::add);
        }
        return List.copyOf(found.subList(0, Math.min(found.size(), most)));
    }

    /** Returns who was banned from a group and not let in again, the last one first; {@link Ban#holds} tells whose ban has ended. */
    public List<Ban> bans(UserId me, ConversationId id, OptionalLong before, int limit) {
        int most = page(limit);
        return asModerating(me, id, kept -> kept.moderation().bans(id, before, most));
    }

    /** Returns what was done in a conversation, the latest first. */
    public List<AuditEntry> audit(UserId me, ConversationId id, OptionalLong before, int limit) {
        int most = page(limit);
        return asModerating(me, id, kept -> kept.moderation().audit(id, before, most));
    }

    /** Returns what was done in all conversations, the latest first. Moderators may. */
    public List<AuditEntry> audit(UserId me, OptionalLong before, int limit) {
        requireModerator(me);
        int most = page(limit);
        return store.read(kept -> kept.moderation().audit(before, most));
    }

    private void act(UserId me, ConversationId id, String reason, Consumer<ModerationChange> work) {
        conversations.moderate(me, id, reason, change -> {
            work.accept(change);
            return change;
        });
    }

    private <T> T asModerating(UserId me, ConversationId id, Function<ConversationReader, T> work) {
        boolean everywhere = conversations.isModerator(me);
        return store.read(kept -> {
            if (!everywhere) {
                requireAdmin(kept, me, id);
            }
            return work.apply(kept);
        });
    }

    private void requireModerator(UserId me) {
        if (!conversations.isModerator(me)) {
            throw new NotAllowedException();
        }
    }

    private static Role requireAdmin(ConversationReader kept, UserId me, ConversationId id) {
        return kept.participant(id, me)
                .map(Participant::role)
                .filter(role -> role.isAtLeast(Role.ADMIN))
                .orElseThrow(NotAllowedException::new);
    }

    private static int page(int limit) {
        if (limit < 1) {
            throw PeerException.invalid(List.of(new Problem("limit", "must be at least 1, was " + limit)));
        }
        return Math.min(limit, Conversations.LARGEST_PAGE);
    }
}
