package io.channelbox.channel;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.GroupName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what with which group: bans, then inboxes, then the application's policy. No lock is held while it is asked. */
final class Access {

    private static final Logger log = LoggerFactory.getLogger(Access.class);

    private final AccessPolicy policy;
    private final Bans bans;
    private final Events events;

    Access(AccessPolicy policy, Bans bans, Events events) {
        this.policy = policy;
        this.bans = bans;
        this.events = events;
    }

    /**
     * Asks for anything but publishing.
     *
     * @throws NotAllowedException when the channel's user may not
     */
    void require(Channel channel, Verb verb, GroupName group) {
        if (!isAllowed(new AccessRequest(channel.user(), verb, group, ""))) {
            throw denied(channel, verb, group);
        }
    }

    /**
     * Asks to publish, and returns the options with the channel's user as the sender, for whom the rules of the group hold.
     *
     * @throws NotAllowedException when the channel's user may not, or the options name somebody else
     */
    PublishOptions requirePublish(Channel channel, GroupName group, Object payload, PublishOptions options) {
        User user = channel.user();
        PublishOptions signed =
                Publisher.named(options, payload).from(user.id()).underRules();
        if (!isSpeaker(channel, options) || !isAllowed(new AccessRequest(user, Verb.PUBLISH, group, signed.kind()))) {
            throw denied(channel, Verb.PUBLISH, group);
        }
        return signed;
    }

    private static boolean isSpeaker(Channel channel, PublishOptions options) {
        return options.sender()
                        .filter(other -> !other.equals(channel.user().id()))
                        .isEmpty()
                && options.author()
                        .filter(other -> !other.channel().equals(channel.id()))
                        .isEmpty();
    }

    /** Asks again, of the bans only, when a membership has been made: one that came meanwhile may not have seen it. */
    boolean isShutTo(Membership made) {
        return !made.group().isInbox() && bans.hold(made.channel().user().id(), made.group());
    }

    NotAllowedException denied(Channel channel, Verb verb, GroupName group) {
        log.debug("{} may not {} {}", channel, verb, group);
        events.tell(new ChatEvent.AccessDenied(channel.id(), verb.name(), group));
        return new NotAllowedException();
    }

    private boolean isAllowed(AccessRequest request) {
        if (request.group().isInbox() && request.verb() != Verb.PUBLISH) {
            return request.group().equals(GroupName.inboxOf(request.user().id()));
        }
        return !bans.hold(request.user().id(), request.group()) && isAllowedByPolicy(request);
    }

    private boolean isAllowedByPolicy(AccessRequest request) {
        try {
            return policy.allows(request);
        } catch (RuntimeException | Error e) { // the application's code: whatever it is, nobody gets in by it
            log.error(
                    "The access policy failed: {} may not {} {}",
                    request.user().id(),
                    request.verb(),
                    request.group(),
                    e);
            return false;
        }
    }
}
