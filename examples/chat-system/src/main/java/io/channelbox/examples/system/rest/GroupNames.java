package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.Visibility;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What groups are called. One without a name is called as those in it are. */
final class GroupNames {

    private static final int LONGEST = 100;

    private final Users users;

    GroupNames(Users users) {
        this.users = users;
    }

    GroupDetails detailsOf(Bodies.NewConversation body, UserId me, Set<UserId> others) {
        return new GroupDetails(
                given(body.name()).orElseGet(() -> namesOf(me, others)),
                given(body.description()),
                Optional.empty(),
                visibility(body.visibility(), Visibility.PRIVATE),
                given(body.category()));
    }

    private String namesOf(UserId me, Set<UserId> others) {
        String names = Stream.concat(Stream.of(me), others.stream())
                .flatMap(user -> users.find(user).stream())
                .map(Profile::name)
                .collect(Collectors.joining(", "));
        return names.length() <= LONGEST
                ? names
                : names.substring(0, LONGEST - 1).strip() + "…";
    }

    /** Returns what a group is called when this was changed. */
    static GroupDetails changed(Conversation group, Bodies.Details body) {
        return new GroupDetails(
                Objects.requireNonNullElse(body.name(), group.name().orElse("")),
                changed(group.description(), body.description()),
                changed(group.avatar(), body.avatarUrl()),
                visibility(body.visibility(), group.visibility()),
                changed(group.category(), body.category()));
    }

    private static Optional<String> changed(Optional<String> before, @Nullable String now) {
        return now == null ? before : given(now);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(each -> !each.isBlank());
    }

    private static Visibility visibility(@Nullable String word, Visibility unless) {
        if (word == null) {
            return unless;
        }
        return switch (word) {
            case "public" -> Visibility.PUBLIC;
            case "private" -> Visibility.PRIVATE;
            default -> throw wrong("visibility", "must be public or private");
        };
    }
}
