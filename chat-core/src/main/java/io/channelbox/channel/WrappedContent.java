package io.channelbox.channel;

import io.channelbox.broker.Author;
import io.channelbox.broker.Publication;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.message.Frame;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One publication in the few envelopes that its recipients need, each made once: whether they are told the topic, and whose it
 * is, is all in which they differ. Used by one thread.
 */
final class WrappedContent {

    private record Wrapped(
            String format, boolean inTopic, @Nullable Mark mark, Frame frame) {}

    private final Publication publication;
    private final Optional<StreamPosition> position;
    private final @Nullable Author author;
    private final List<Wrapped> made = new ArrayList<>(0);

    WrappedContent(Publication publication, Optional<StreamPosition> position) {
        this.publication = publication;
        this.position = position;
        this.author = publication.options().author().orElse(null);
    }

    /** Returns what most get, written and wrapped once for all who get the same. */
    Frame forMember(Membership member) {
        Codec<?> codec = member.channel().codec();
        if (author == null && !member.isTopic()) {
            return publication.content().in(codec);
        }
        String format = codec.format();
        Mark mark = markFor(member);
        for (Wrapped known : made) {
            if (known.mark == mark && known.inTopic == member.isTopic() && known.format.equals(format)) {
                return known.frame;
            }
        }
        Frame frame = codec.wrap(publication.content().in(codec), envelope(member.isTopic(), mark));
        made.add(new Wrapped(format, member.isTopic(), mark, frame));
        return frame;
    }

    /** Returns what one member gets instead. */
    Frame insteadFor(Membership member, Object payload) {
        Codec<?> codec = member.channel().codec();
        return codec.wrap(Content.of(payload).in(codec), envelope(member.isTopic(), markFor(member)));
    }

    /** Returns the number of envelopes that were made. */
    int size() {
        return made.size();
    }

    private @Nullable Mark markFor(Membership member) {
        return author == null ? null : author.markFor(member.channel());
    }

    private Envelope envelope(boolean inTopic, @Nullable Mark mark) {
        Envelope named = inTopic ? inTopic() : Envelope.NONE;
        return mark == null ? named : named.marked(mark);
    }

    private Envelope inTopic() {
        Envelope named = Envelope.NONE.topic(publication.group().value());
        return position.map(at -> named.seq(at.offset())).orElse(named);
    }
}
