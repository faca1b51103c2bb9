package io.channelbox.testkit;

import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What was broadcast while this was open, by consumers and by everybody else, to groups and to users' inboxes, in its order.
 *
 * <pre>{@code
 * try (var said = chat.recordBroadcasts()) {
 *     ann.send(new Say("hello"));
 *     assertEquals(List.of(new Said("ann", "hello")), said.of(Said.class));
 * }
 * }</pre>
 *
 * <p>Of several that are open, only the last one records, and says whether anything is delivered; when it is closed, the one before
 * goes on.
 */
public final class RecordedBroadcasts implements AutoCloseable {

    private final boolean suppressing;
    private final Consumer<RecordedBroadcasts> onClose;
    private final List<Broadcast> all = new CopyOnWriteArrayList<>();

    /**
     * Something that was said to a group.
     *
     * @param group to whom
     * @param payload what: the object, not its frame
     * @param options how; its kind is the type of the message, if it has one
     */
    public record Broadcast(GroupName group, Object payload, PublishOptions options) {

        /** Refuses missing parts. */
        public Broadcast {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(options, "options");
        }
    }

    RecordedBroadcasts(boolean suppressing, Consumer<RecordedBroadcasts> onClose) {
        this.suppressing = suppressing;
        this.onClose = onClose;
    }

    /** Returns everything so far. */
    public List<Broadcast> all() {
        return List.copyOf(all);
    }

    /** Returns the objects of this type. */
    public <T> List<T> of(Class<T> type) {
        return all.stream()
                .map(Broadcast::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Returns the objects that were said to this group. */
    public List<Object> in(String group) {
        return all.stream()
                .filter(broadcast -> broadcast.group().value().equals(group))
                .map(Broadcast::payload)
                .toList();
    }

    /** Records no more. What was recorded stays. */
    @Override
    public void close() {
        onClose.accept(this);
    }

    boolean isSuppressing() {
        return suppressing;
    }

    void add(Publication publication) {
        all.add(new Broadcast(publication.group(), publication.content().payload(), publication.options()));
    }
}
