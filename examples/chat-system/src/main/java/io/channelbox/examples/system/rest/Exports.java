package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.rest.BlockController.Blocked;
import io.channelbox.examples.system.rest.Views.ConversationJson;
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
            default -> throw wrong("query.part", "must be messages, reactions, conversations or blocks");
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

    private static <T> Optional<String> next(List<T> page, int limit, Function<T, String> place) {
        return page.size() < limit ? Optional.empty() : Optional.of(place.apply(page.get(page.size() - 1)));
    }

    private static ChatMessageId messageBehind(String place) {
        return read(place, text -> new ChatMessageId(Long.parseLong(text)));
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
