package io.channelbox.event;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;

/** Something that happened in a box. Events carry ids and counts, never objects or contents, so a listener keeps nothing alive. */
public sealed interface ChatEvent {

    /** A connection was opened. */
    record ChannelOpened(ChannelId channel, UserId user) implements ChatEvent {}

    /** A connection has ended, with this WebSocket close code. It has left its groups. */
    record ChannelClosed(ChannelId channel, UserId user, int code) implements ChatEvent {}

    /** A group got its first member. */
    record GroupCreated(GroupName group) implements ChatEvent {}

    /** A group lost its last member. Its history stays as long as its retention says. */
    record GroupEmptied(GroupName group) implements ChatEvent {}

    /** A channel became a member. */
    record Joined(ChannelId channel, GroupName group) implements ChatEvent {}

    /** A channel is no longer a member, because it left or because it ended. */
    record Left(ChannelId channel, GroupName group) implements ChatEvent {}

    /** A channel's membership was ended against its will; it is told as {@link Left} too. */
    record Kicked(ChannelId channel, GroupName group) implements ChatEvent {}

    /** A channel's user was not allowed what the verb names: a name of the access policy's {@code Verb}. */
    record AccessDenied(ChannelId channel, String verb, GroupName group) implements ChatEvent {}

    /** A channel was not listened to, or not let into a group, because it came too often. */
    record RateLimited(ChannelId channel) implements ChatEvent {}

    /** A message was published to a group; the counts are those of this node's members. */
    record Published(MessageId message, GroupName group, boolean kept, int queued, int dropped, int closed)
            implements ChatEvent {}

    /** Frames that waited for a slow channel, or were about to, were dropped as its policy says. */
    record FramesDropped(ChannelId channel, int frames) implements ChatEvent {}

    /** States that waited for a slow channel were left out, since a newer one of the same key came. */
    record StatesCoalesced(ChannelId channel, int frames) implements ChatEvent {}

    /** Ephemeral frames that waited for a slow channel, or were about to, were dropped. */
    record EphemeralDropped(ChannelId channel, int frames) implements ChatEvent {}

    /** Too much was waiting for a channel, and it is being closed for it. */
    record ChannelOverflowed(ChannelId channel, long waitingBytes) implements ChatEvent {}

    /** A peer was told an error with this code. */
    record PeerErred(ChannelId channel, String code) implements ChatEvent {}

    /** A consumer threw something that was not meant for its peer; its channel is being closed for it. */
    record ConsumerFailed(ChannelId channel) implements ChatEvent {}

    /** A callback of an open channel's consumer has not returned for long; what else comes for it waits. Told once per callback. */
    record ConsumerStuck(ChannelId channel) implements ChatEvent {}

    /** This node is cut off from the others, or from a part of what they share; why, in a few words. Told within a second. */
    record ClusterDegraded(String why) implements ChatEvent {}

    /** This node is connected with the others again, and everything is restored. */
    record ClusterRecovered() implements ChatEvent {}
}
