package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccessPolicy} does, whatever it decides: it has an answer for everybody, also about groups nobody has heard of,
 * and the answer depends on nothing but the question. Implement it in a test class of your policy.
 */
public interface AccessPolicyContract {

    /** Returns a policy whose users, groups and roles do not change meanwhile. */
    AccessPolicy newPolicy();

    /** Returns users, groups and kinds of the application's own, which are asked about too. */
    default List<AccessRequest> ownRequests() {
        return List.of();
    }

    @Test
    default void everyQuestionHasAnAnswer() {
        AccessPolicy policy = newPolicy();

        requests().forEach(policy::allows); // which throws nothing
    }

    @Test
    default void anAnswerDependsOnNothingThatWasAskedBefore() {
        AccessPolicy policy = newPolicy();
        List<AccessRequest> requests = requests();
        List<Boolean> answers = answers(policy, requests);

        Collections.reverse(requests);
        List<Boolean> backwards = answers(policy, requests);

        Collections.reverse(backwards);
        assertEquals(answers, backwards);
        assertEquals(answers(newPolicy(), requests()), answers);
    }

    @Test
    default void anAnswerIsTheSameOnManyThreads() {
        AccessPolicy policy = newPolicy();
        List<AccessRequest> requests = requests();
        List<Boolean> answers = answers(policy, requests);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<List<Boolean>>> everyones = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> answers(policy, requests), threads))
                    .limit(16)
                    .toList();

            everyones.forEach(theirs -> assertEquals(answers, theirs.join()));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    default void togetherWithAnotherPolicyItAllowsWhatBothAllow() {
        AccessPolicy policy = newPolicy();
        List<AccessRequest> requests = requests();
        AccessPolicy readersOnly = request -> request.verb() == Verb.READ;

        assertEquals(answers(policy, requests), answers(policy.and(AccessPolicy.ALLOW_ALL), requests));
        assertEquals(
                requests.stream()
                        .map(request -> policy.allows(request) && readersOnly.allows(request))
                        .toList(),
                answers(policy.and(readersOnly), requests));
    }

    private static List<Boolean> answers(AccessPolicy policy, List<AccessRequest> requests) {
        List<Boolean> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(policy.allows(request)));
        return answers;
    }

    private List<AccessRequest> requests() {
        List<AccessRequest> all = new ArrayList<>(ownRequests());
        for (User user : users()) {
            for (GroupName group : groups()) {
                for (Verb verb : Verb.values()) {
                    if (verb == Verb.PUBLISH) {
                        List.of(Message.PLAIN, "no such kind", "")
                                .forEach(kind -> all.add(new AccessRequest(user, verb, group, kind)));
                    } else {
                        all.add(new AccessRequest(user, verb, group, ""));
                    }
                }
            }
        }
        return all;
    }

    private static List<User> users() {
        return List.of(
                User.named("ann"),
                new User(new UserId("guest-1"), "guest-1", Set.of(User.GUEST)),
                new User(new UserId("x".repeat(UserId.LONGEST)), "", Set.of("", "no such role")),
                new User(new UserId("'; drop table users; --"), "<b>", Set.of("admin")),
                User.named("用户 ünïcode 👩‍👩‍👧"));
    }

    private static List<GroupName> groups() {
        return List.of(
                GroupName.of("room:1"),
                GroupName.of("no kind"),
                GroupName.of("no such kind:no such id"),
                GroupName.of(":"),
                GroupName.of("room:"),
                GroupName.of("room:1:2:3"),
                GroupName.of("room:' or 1=1 --"),
                GroupName.of("x".repeat(GroupName.LONGEST)),
                GroupName.inboxOf(new UserId("ann")),
                GroupName.inboxOf(new UserId("somebody:else")));
    }
}
