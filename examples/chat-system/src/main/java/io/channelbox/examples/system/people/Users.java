package io.channelbox.examples.system.people;

import io.channelbox.conversation.Profile;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who there is. An application has its own; here they are those of the demo, or anybody who comes with a token. */
public final class Users implements UserDirectory {

    private static final List<Profile> DEMO = List.of(
            Profile.of(new UserId("ann"), "Ann"),
            Profile.of(new UserId("bob"), "Bob"),
            Profile.of(new UserId("cid"), "Cid"));

    private final Map<UserId, Profile> demo;
    private final Set<UserId> gone = ConcurrentHashMap.newKeySet();

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
        return DEMO.stream()
                .filter(each -> demo.containsKey(each.id()) && !gone.contains(each.id()))
                .toList();
    }

    /** Forgets somebody, whose tokens hold no more as long as this program runs. Those of the demo are there again after that. */
    public void forget(UserId user) {
        gone.add(user);
    }

    /** Takes it back. */
    public void remember(UserId user) {
        gone.remove(user);
    }

    @Override
    public Optional<Profile> find(UserId user) {
        if (gone.contains(user)) {
            return Optional.empty();
        }
        return demo.isEmpty() ? ANYBODY.find(user) : Optional.ofNullable(demo.get(user));
    }
}
