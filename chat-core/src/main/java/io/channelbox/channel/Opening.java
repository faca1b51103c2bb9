package io.channelbox.channel;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.codec.Codec;
import io.channelbox.message.Frame;
import io.channelbox.message.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel is opened with.
 *
 * @param user who is at the other end
 * @param codec how what it is sent is written
 * @param handshake how the peer asked for the connection
 * @param expires how long it may live without a frame in either direction and without a touch; zero is for ever, empty as the box says
 * @param joinsInbox whether it belongs to its user's inbox from the start
 * @param trailer a frame that follows every frame of a group
 * @param authenticatedUntil until when the user's credential holds; empty is for as long as the channel lives
 * @param joinsMessages whether the peer takes several messages in one text frame, see {@link io.channelbox.message.JoinedText}
 */
public record Opening(
        User user,
        Codec<?> codec,
        Handshake handshake,
        Optional<Duration> expires,
        boolean joinsInbox,
        Optional<Frame> trailer,
        Optional<Instant> authenticatedUntil,
        boolean joinsMessages) {

    /** Refuses missing parts and a negative time. */
    public Opening {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(handshake, "handshake");
        Objects.requireNonNull(trailer, "trailer");
        Objects.requireNonNull(expires, "expires").ifPresent(time -> Times.notNegative("expires", time));
        Objects.requireNonNull(authenticatedUntil, "authenticatedUntil");
    }

    /** Returns an opening for this user that speaks this codec. */
    public static Opening of(User user, Codec<?> codec) {
        return new Opening(
                user,
                codec,
                Handshake.at("/").build(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Returns the same opening, asked for like this. */
    public Opening from(Handshake asked) {
        return new Opening(user, codec, asked, expires, joinsInbox, trailer, authenticatedUntil, joinsMessages);
    }

    /** Returns the same opening, for a channel that may be idle for this long; zero is for ever. */
    public Opening expiringAfter(Duration idle) {
        return new Opening(
                user,
                codec,
                handshake,
                Optional.of(Objects.requireNonNull(idle, "expires")),
                joinsInbox,
                trailer,
                authenticatedUntil,
                joinsMessages);
    }

    /** Returns the same opening, for a channel that gets what is sent to its user only when it has joined the inbox. */
    public Opening joiningInboxLater() {
        return new Opening(user, codec, handshake, expires, false, trailer, authenticatedUntil, joinsMessages);
    }

    /** Returns the same opening, for a channel that is sent this frame after every frame of a group. */
    public Opening withTrailer(Frame frame) {
        return new Opening(
                user,
                codec,
                handshake,
                expires,
                joinsInbox,
                Optional.of(Objects.requireNonNull(frame, "trailer")),
                authenticatedUntil,
                joinsMessages);
    }

    /** Returns the same opening, for a user whose credential holds until then. */
    public Opening authenticatedUntil(Instant time) {
        return new Opening(
                user,
                codec,
                handshake,
                expires,
                joinsInbox,
                trailer,
                Optional.of(Objects.requireNonNull(time, "authenticatedUntil")),
                joinsMessages);
    }

    /** Returns the same opening, for a peer that takes several messages in one text frame: they are sent so where they wait. */
    public Opening joiningMessages() {
        return new Opening(user, codec, handshake, expires, joinsInbox, trailer, authenticatedUntil, true);
    }
}
