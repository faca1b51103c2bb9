package io.channelbox.examples.system.people;

import io.channelbox.conversation.Profile;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who there is. An application has its own; here they are those of the demo, or anybody who comes with a token. */
public final class Users implements UserDirectory {

    private static final List<Profile> DEMO = List.of(
            Profile.of(new UserId("ann"), "Ann"),
            Profile.of(new UserId("bob"), "Bob"),
            Profile.of(new UserId("cid"), "Cid"));

    private final Map<UserId, Profile> demo;

    private Users(List<Profile> demo) {
        this.demo = demo.stream().collect(Collectors.toMap(Profile::id, Function.identity()));
    }

    /** Returns the users of the demo. */
    public static Users ofDemo() {
        return new Users(DEMO);
    }

    /** Returns users of whom nothing is known but their ids. */
    public static Users ofTokens() {
        return new Users(List.of());
    }

    /** Returns whom one can write to, as far as they are known. */
    public List<Profile> all() {
        return DEMO.stream().filter(each -> demo.containsKey(each.id())).toList();
    }

    @Override
    public Optional<Profile> find(UserId user) {
        return demo.isEmpty() ? ANYBODY.find(user) : Optional.ofNullable(demo.get(user));
    }
}
