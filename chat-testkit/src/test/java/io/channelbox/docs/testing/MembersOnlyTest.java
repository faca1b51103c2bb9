package io.channelbox.docs.testing;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.testkit.AccessPolicyContract;
import java.util.Set;

class MembersOnlyTest implements AccessPolicyContract {

    private static final Set<String> MEMBERS = Set.of("ann", "bob");

    @Override
    public AccessPolicy newPolicy() {
        return request -> MEMBERS.contains(request.user().id().value());
    }
}
