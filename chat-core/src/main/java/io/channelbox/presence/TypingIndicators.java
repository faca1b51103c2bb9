package io.channelbox.presence;

import io.channelbox.auth.Verb;
import io.channelbox.channel.Channel;
import io.channelbox.message.GroupName;

/**
 * Who is writing something, told to those who are told who is here. A run of a user in a group begins with the first
 * {@link #started} and ends once: when the user says something there, says that nothing is being written any more, leaves, or has
 * not said {@link #started} again for some time.
 */
public final class TypingIndicators {

    private final Presence presence;

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
        presence.mayBeTyping(group, channel.user().id());
        presence.inLane(group, lane -> lane.typing().started(channel));
    }

    /** The user of this channel is not writing any more, on this device. */
    public void stopped(GroupName group, Channel channel) {
        presence.inLane(group, lane -> lane.typing().stopped(channel.user().id(), channel));
    }
}
