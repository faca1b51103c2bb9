package io.channelbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.Subprotocols;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Recipient;
import io.channelbox.channel.CatchUp;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.channel.Opening;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TextCodec;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.Topics;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who gives an option something that it cannot mean is told which option, what was given, and what to give. */
class OptionsTest {

    private static final Duration BEFORE_NOW = Duration.ofSeconds(-1);
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    private final ConsumerOptions consumer = ConsumerOptions.DEFAULT;
    private final ChannelBox.Builder builder = ChannelBox.builder();
    private final OutboxLimits outbox = OutboxLimits.DEFAULT;
    private final Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"));

    @Test
    void whatAnEndpointCannotDoIsRefused() {
        refused("largestMessage must be at least 1, was 0", () -> consumer.withLargestMessage(0));
        refused("largestBacklog must be at least 1, was -5", () -> consumer.withLargestBacklog(-5));
        refused("malformedInARow must be at least 1, was 0", () -> consumer.withMalformedInARow(0));
        refused("expires must not be negative, was PT-1S. Zero is for ever.", () -> consumer.expiringAfter(BEFORE_NOW));
        refused("the topics of one connection must be at least 1, was 0", () -> topics.atMost(0));
        refused("discriminator must not be blank, was ' '", () -> JsonStyle.DEFAULT.discriminator(" "));
    }

    @Test
    void whatABoxCannotDoIsRefused() {
        refused("expires must not be negative, was PT-1S", () -> builder.expires(BEFORE_NOW));
        refused("outboxes must not be negative, was -1. Zero leaves 16 KiB to each", () -> builder.outboxes(-1));
        refused("sendTimeout must be positive, was PT0S", () -> builder.sendTimeout(Duration.ZERO));
        refused("closeTimeout must be positive, was PT0S", () -> builder.closeTimeout(Duration.ZERO));
        refused("pingInterval must not be negative, was PT-1S", () -> builder.pings(BEFORE_NOW, Duration.ofSeconds(1)));
        refused("pongTimeout must be positive, was PT0S", () -> builder.pings(Duration.ZERO, Duration.ZERO));
        refused("drainOver must not be negative, was PT-1S", () -> builder.draining(BEFORE_NOW, Duration.ZERO));
        refused("returnSpread must not be negative, was PT-1S", () -> builder.draining(Duration.ZERO, BEFORE_NOW));
        refused("stuckAfter must be positive, was PT0S", () -> builder.stuckAfter(Duration.ZERO));
        refused("bytes of an outbox must be at least 1, was 0", () -> outbox.withBytes(0));
        refused("frames of an outbox must be at least 1, was 0", () -> outbox.withFrames(0));
        refused(
                "a kind of group must not be empty or hold a colon, was 'a:b'",
                () -> builder.groups("a:b", GroupSettings.DEFAULT));
    }

    @Test
    void limitsThatLetNothingThroughAreRefused() {
        refused("groupsPerChannel must be at least 1, was 0. UNLIMITED is", () -> Limits.NONE.withGroupsPerChannel(0));
        refused("channelsPerUser must be at least 1, was -1", () -> Limits.NONE.withChannelsPerUser(-1));
        refused("refusalsInARow must be at least 1, was 0", () -> Limits.NONE.withRefusalsInARow(0));
        refused("permits must be at least 1, was 0", () -> Rate.perSecond(0));
        refused("burst must be at least 1, was 0", () -> Rate.perSecond(1).burst(0));
        refused("count must be at least 1, was 0", () -> Retention.DEFAULT.withCount(0));
        refused("mostGroups must be at least 1, was 0", () -> new InMemoryHistoryStore(InstantSource.system(), 0, 1));
        refused("mostHeap must be at least 1, was 0", () -> new InMemoryHistoryStore(InstantSource.system(), 1, 0));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void whatIsMissingOnAnEndpointIsNamed() {
        missing("expires", () -> consumer.expiringAfter(null));
        missing("subprotocols", () -> Subprotocols.of((String[]) null));
        missing("subprotocol", () -> Subprotocols.of("chat.v1", null));
        missing("validator", () -> topics.validatedBy(null));
        missing("presence", () -> topics.presence(null));
        missing("payloadField", () -> JsonStyle.DEFAULT.payloadIn(null));
        missing("principal", () -> Handshake.at("/").principal(null));
        missing("remoteAddress", () -> Handshake.at("/").remoteAddress(null));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void whatIsMissingOnABoxIsNamed() {
        missing("expires", () -> builder.expires(null));
        missing("outbox", () -> builder.outbox(null));
        missing("pingInterval", () -> builder.pings(null, Duration.ofSeconds(1)));
        missing("limits", () -> builder.limits(null));
        missing("types", () -> builder.unlogged((String[]) null));
        missing("type", () -> builder.unlogged("ping", null));
        missing("kind", () -> builder.groups(null, GroupSettings.DEFAULT));
        missing("settings", () -> builder.groups("room", null));
        missing("policy", () -> outbox.withPolicy(null));
        missing("policy", () -> GroupSettings.DEFAULT.onOverflow(null));
        missing("retention", () -> GroupSettings.DEFAULT.saving(null));
        missing(
                "the broker that aroundBroker() answered",
                () -> builder.aroundBroker(broker -> null).build());
        missing("messagesPerChannel", () -> Limits.NONE.withMessagesPerChannel(null));
        missing("messagesPerUser", () -> Limits.NONE.withMessagesPerUser(null));
        missing("messagesPerGroup", () -> Limits.NONE.withMessagesPerGroup(null));
        missing("joinsPerChannel", () -> Limits.NONE.withJoinsPerChannel(null));
        missing("arrivals", () -> Limits.NONE.withArrivals(null));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void whatIsMissingWhereSomethingIsSaidOrAskedIsNamed() {
        PublishOptions said = PublishOptions.DEFAULT;
        missing("kind", () -> said.ofKind(null));
        missing("user", () -> said.from(null));
        missing("idempotencyKey", () -> said.withIdempotencyKey(null));
        missing("channel", () -> said.except((ChannelId) null));
        missing("user", () -> said.exceptUser((UserId) null));
        missing("condition", () -> said.onlyTo(null));
        missing("format", () -> said.onlyIn(null));
        missing("variation", () -> said.varying((Function<Recipient, Optional<Object>>) null));
        missing("speaker", () -> said.markedAsSaidBy(null));
        missing("key", () -> said.asState(null));
        missing("position", () -> HistoryQuery.after((StreamPosition) null, 1));
        missing("user", () -> HistoryQuery.latest(1).from(null));
        missing("since", () -> HistoryQuery.latest(1).since((Instant) null));
        missing("kinds", () -> HistoryQuery.latest(1).ofKinds((String[]) null));
        missing("kind", () -> Retention.DEFAULT.withKinds("chat", null));
        missing("position", () -> CatchUp.since((StreamPosition) null));
        missing("expires", () -> opening().expiringAfter(null));
        missing("trailer", () -> opening().withTrailer(null));
        missing("authenticatedUntil", () -> opening().authenticatedUntil((Instant) null));
    }

    @Test
    void whatIsNamedTwiceCountsOnce() {
        assertEquals(Set.of("chat"), Retention.DEFAULT.withKinds("chat", "chat").kinds());
        assertEquals(
                Set.of("chat"), HistoryQuery.latest(1).ofKinds("chat", "chat").kinds());
    }

    @Test
    void theLongestTimeIsForEver() {
        try (ChannelBox box = builder.expires(LONGEST)
                        .sendTimeout(LONGEST)
                        .closeTimeout(LONGEST)
                        .pings(LONGEST, LONGEST)
                        .draining(LONGEST, LONGEST)
                        .stuckAfter(LONGEST)
                        .build();
                Presence presence = Presence.in(box)
                        .grace(LONGEST)
                        .awayAfter(LONGEST)
                        .typingFor(LONGEST)
                        .build()) {
            assertEquals(List.of(), presence.members(GroupName.of("room")));
        }
    }

    private static Opening opening() {
        return Opening.of(User.named("ann"), TextCodec.PLAIN);
    }

    private static void refused(String why, Runnable call) {
        var refused = assertThrows(IllegalArgumentException.class, call::run);

        assertTrue(refused.toString().contains(why), refused.toString());
    }

    private static void missing(String what, Runnable call) {
        assertEquals(what, assertThrows(NullPointerException.class, call::run).getMessage());
    }
}
