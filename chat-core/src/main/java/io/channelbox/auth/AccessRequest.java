package io.channelbox.auth;

import io.channelbox.message.GroupName;
import java.util.Objects;

/**
 * What an {@link AccessPolicy} is asked.
 *
 * @param user who wants it, as known now
 * @param verb what is wanted
 * @param group with which group; it may have no members, and the application may never have heard of it
 * @param kind what sort of message is to be published; empty for every other verb
 */
public record AccessRequest(User user, Verb verb, GroupName group, String kind) {

    /** Refuses missing parts. */
    public AccessRequest {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(kind, "kind");
    }
}
