package io.channelbox.testkit;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Policies of two sorts against the contract. */
class AccessPoliciesTest {

    @Nested
    class AllowAll implements AccessPolicyContract {
        @Override
        public AccessPolicy newPolicy() {
            return AccessPolicy.ALLOW_ALL;
        }
    }

    @Nested
    class MembersOnly implements AccessPolicyContract {

        private static final Map<String, Set<String>> MEMBERS = Map.of("1", Set.of("ann", "bob"));

        @Override
        public AccessPolicy newPolicy() {
            return request -> switch (request.group().kind()) {
                case "room" ->
                    MEMBERS.getOrDefault(request.group().id(), Set.of())
                            .contains(request.user().id().value());
                case "news" ->
                    request.verb() != Verb.PUBLISH || request.user().roles().contains("editor");
                default -> false;
            };
        }

        @Override
        public List<AccessRequest> ownRequests() {
            return List.of(new AccessRequest(User.named("bob"), Verb.JOIN, GroupName.of("news:today"), ""));
        }
    }
}
