package io.channelbox.presence;

import io.channelbox.auth.Verb;
import io.channelbox.channel.Channel;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is writing something, told to those who are told who is here. A run of a user in a group begins with the first
 * {@link #started} and ends once: when the user says something there, says that nothing is being written any more, leaves, or has
 * not said {@link #started} again for some time.
 */
public final class TypingIndicators {

    private final Presence presence;

    // Who may be writing: noted at once, because what they say next may be faster than the lane of the group.
    private final Set<Typist> typists = ConcurrentHashMap.newKeySet();

    private record Typist(GroupName group, UserId user) {}

    TypingIndicators(Presence presence) {
        this.presence = presence;
    }

    /**
     * The user of this channel is writing something. Again while it lasts only makes it last longer. Nothing happens when the channel
     * is not tracked in the group, or too many people are in it.
     *
     * @throws io.channelbox.auth.NotAllowedException when the user may not, see {@link Verb#TYPING}
     */
    public void started(GroupName group, Channel channel) {
        presence.group(group).actingAs(channel).require(Verb.TYPING);
        mayBeTyping(group, channel.user().id());
        presence.inLane(group, at -> at.typing().started(channel));
    }

    /** The user of this channel is not writing any more, on this device. */
    public void stopped(GroupName group, Channel channel) {
        presence.inLane(group, at -> at.typing().stopped(channel.user().id(), channel));
    }

    void mayBeTyping(GroupName group, UserId user) {
        typists.add(new Typist(group, user));
    }

    void isNotTyping(GroupName group, UserId user) {
        typists.remove(new Typist(group, user));
    }

    /** A user has said something in a group. */
    void said(GroupName group, UserId user) {
        if (!typists.isEmpty() && typists.contains(new Typist(group, user))) {
            presence.inLane(group, at -> at.typing().said(user));
        }
    }

    void clear() {
        typists.clear();
    }

    /** Returns how much is remembered. */
    int size() {
        return typists.size();
    }
}
