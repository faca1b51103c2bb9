package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationId;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.rest.BlockController.Blocked;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.examples.system.rest.Views.GroupJson;
import io.channelbox.message.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Hands over what is kept of a user, in pages: each says where the next one begins, so that whoever was stopped goes on there. */
@Component
class Exports {

    /** A page of one part. The last one has no next. */
    record ExportJson(String part, List<?> items, Optional<String> next) {}

    /** A reaction that somebody made. */
    record ReactionJson(long messageId, String emoji) {

        static ReactionJson of(OwnReaction reaction) {
            return new ReactionJson(reaction.message().value(), reaction.emoji());
        }
    }

    /** A message that somebody pinned, without what it says: they may be where it was said no longer. */
    record MadePinJson(long messageId, long conversationId, Instant pinnedAt) {

        static MadePinJson of(PinnedMessage pinned) {
            ChatMessage message = pinned.message();
            return new MadePinJson(message.id().value(), message.conversation().value(), pinned.at());
        }
    }

    /** An invitation that somebody made. */
    record MadeInvitationJson(
            long id,
            long conversationId,
            Optional<Instant> endsAt,
            Optional<Integer> uses,
            int used,
            Instant createdAt) {

        static MadeInvitationJson of(Invitation invitation) {
            return new MadeInvitationJson(
                    invitation.id().value(),
                    invitation.conversation().value(),
                    invitation.terms().endsAt(),
                    invitation.terms().uses(),
                    invitation.used(),
                    invitation.createdAt());
        }
    }

    /** A report that somebody made, without whom and what it was about: those are not theirs. */
    record MadeReportJson(long id, long messageId, String reason, String text, Instant reportedAt, String state) {

        static MadeReportJson of(Report report) {
            return new MadeReportJson(
                    report.number(),
                    report.message().value(),
                    report.reason(),
                    report.text(),
                    report.at(),
                    Views.word(report.state()));
        }
    }

    /** When somebody was last here. */
    record SeenJson(Instant lastSeen) {}

    private static final String PARTS =
            "messages, reactions, conversations, blocks, pins, invitations, reports, groups and presence";
    private static final String BETWEEN = "~";

    private final Conversations conversations;
    private final ConversationViews views;

    Exports(Conversations conversations, ConversationViews views) {
        this.conversations = conversations;
        this.views = views;
    }

    ExportJson page(UserId me, String part, Optional<String> after, int limit) {
        return switch (part) {
            case "messages" -> messages(me, after.map(Exports::messageBehind), limit);
            case "reactions" -> reactions(me, after.map(Exports::reactionBehind), limit);
            case "conversations" -> conversations(me, after.map(Exports::conversationBehind), limit);
            case "blocks" -> blocks(me);
            case "pins" -> pins(me, after.map(Exports::messageBehind), limit);
            case "invitations" -> invitations(me, after.map(Exports::invitationBehind), limit);
            case "reports" -> reports(me, after.map(Exports::reportBehind), limit);
            case "groups" -> groups(me, after.map(Exports::groupBehind), limit);
            case "presence" -> presence(me);
            default -> throw wrong("query.part", "must be one of " + PARTS);
        };
    }

    private ExportJson messages(UserId me, Optional<ChatMessageId> after, int limit) {
        List<ChatMessage> some = conversations.personalData().messages(me, after, limit);
        return new ExportJson(
                "messages",
                some.stream().map(MessageView::of).toList(),
                next(some, limit, last -> last.id().toString()));
    }

    private ExportJson reactions(UserId me, Optional<OwnReaction> after, int limit) {
        List<OwnReaction> some = conversations.personalData().reactions(me, after, limit);
        return new ExportJson(
                "reactions",
                some.stream().map(ReactionJson::of).toList(),
                next(some, limit, last -> last.message() + BETWEEN + last.emoji()));
    }

    private ExportJson conversations(UserId me, Optional<ListPosition> after, int limit) {
        List<ConversationJson> some = views.list(me, Listed.ALL, after, limit);
        return new ExportJson(
                "conversations", some, next(some, limit, last -> last.lastMessageAt() + BETWEEN + last.id()));
    }

    private ExportJson blocks(UserId me) {
        List<Blocked> all = conversations.blocked(me).stream()
                .map(user -> new Blocked(user.value()))
                .toList();
        return new ExportJson("blocks", all, Optional.empty());
    }

    private ExportJson pins(UserId me, Optional<ChatMessageId> after, int limit) {
        List<PinnedMessage> some = conversations.personalData().pins(me, after, limit);
        return new ExportJson(
                "pins",
                some.stream().map(MadePinJson::of).toList(),
                next(some, limit, last -> last.message().id().toString()));
    }

    private ExportJson invitations(UserId me, Optional<InvitationId> after, int limit) {
        List<Invitation> some = conversations.personalData().invitations(me, after, limit);
        return new ExportJson(
                "invitations",
                some.stream().map(MadeInvitationJson::of).toList(),
                next(some, limit, last -> last.id().toString()));
    }

    private ExportJson reports(UserId me, Optional<Long> after, int limit) {
        List<Report> some = conversations.personalData().reports(me, Asked.before(after), limit);
        return new ExportJson(
                "reports",
                some.stream().map(MadeReportJson::of).toList(),
                next(some, limit, last -> Long.toString(last.number())));
    }

    /** The groups that one was allowed to join, and is not in. */
    private ExportJson groups(UserId me, Optional<ConversationId> before, int limit) {
        List<Conversation> some = conversations.invitations().openTo(me, before, limit);
        return new ExportJson(
                "groups",
                some.stream().map(GroupJson::of).toList(),
                next(some, limit, last -> last.id().toString()));
    }

    private ExportJson presence(UserId me) {
        List<SeenJson> seen = conversations.personalData().lastSeen(me).map(SeenJson::new).stream()
                .toList();
        return new ExportJson("presence", seen, Optional.empty());
    }

    private static <T> Optional<String> next(List<T> page, int limit, Function<T, String> place) {
        return page.size() < limit ? Optional.empty() : Optional.of(place.apply(page.get(page.size() - 1)));
    }

    private static ChatMessageId messageBehind(String place) {
        return read(place, text -> new ChatMessageId(Long.parseLong(text)));
    }

    private static InvitationId invitationBehind(String place) {
        return read(place, text -> new InvitationId(Long.parseLong(text)));
    }

    private static ConversationId groupBehind(String place) {
        return read(place, text -> new ConversationId(Long.parseLong(text)));
    }

    private static long reportBehind(String place) {
        return read(place, Long::parseLong);
    }

    private static OwnReaction reactionBehind(String place) {
        return read(place, text -> new OwnReaction(messageBehind(first(text)), second(text)));
    }

    private static ListPosition conversationBehind(String place) {
        return read(
                place,
                text -> new ListPosition(Instant.parse(first(text)), new ConversationId(Long.parseLong(second(text)))));
    }

    private static String first(String place) {
        return place.substring(0, between(place));
    }

    private static String second(String place) {
        return place.substring(between(place) + 1);
    }

    private static int between(String place) {
        return Math.max(place.indexOf(BETWEEN), 0);
    }

    private static <T> T read(String place, Function<String, T> reader) {
        try {
            return reader.apply(place);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong("query.after", "must be the next of the page before");
        }
    }
}
