package io.channelbox.presence;

import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer is told of everyone in a group: when it comes, when it asks, and when a group has become small enough again.
 *
 * @param version which changes are in it: the next {@link PresenceDiff} that applies has this version and one
 * @param users how many people
 * @param channels how many devices they use
 * @param members who; absent where there are too many
 * @param reduced whether there are too many to name
 */
@TypeName("presence_state")
public record PresenceState(long version, int users, int channels, Optional<List<Member>> members, boolean reduced) {

    /** Refuses missing parts and copies the list. */
    public PresenceState {
        members = members.map(List::copyOf);
    }

    /**
     * One user, as peers are told.
     *
     * @param status {@code online}, {@code away} or {@code busy}
     */
    public record Member(String id, String name, String status, Optional<String> text, Instant since, int devices) {

        /** Refuses missing parts. */
        public Member {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(since, "since");
        }

        static Member of(PresenceMember member) {
            return new Member(
                    member.id().value(),
                    member.name(),
                    member.status().word(),
                    member.text(),
                    member.since().orElseThrow(),
                    member.devices());
        }

        static List<Member> of(Collection<PresenceMember> members) {
            return members.stream().map(Member::of).toList();
        }
    }
}
