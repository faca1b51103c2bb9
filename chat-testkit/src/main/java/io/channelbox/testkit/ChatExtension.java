package io.channelbox.testkit;

import io.channelbox.auth.Authenticator;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.event.ChatEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives every test a {@link TestChat} of its own and closes it, with all its clients, when the test has ended. A consumer
 * that has failed fails the test, unless the test looked at it.
 *
 * <pre>{@code
 * @RegisterExtension
 * ChatExtension chat = ChatExtension.mounting("/ws/chat/{room_id}", RoomConsumer::new);
 * }</pre>
 */
public final class ChatExtension implements BeforeEachCallback, AfterEachCallback {

    private final Consumer<TestChat> mounts;
    private final UnaryOperator<ChannelBox.Builder> settings;
    private @Nullable TestChat chat;

    private ChatExtension(Consumer<TestChat> mounts, UnaryOperator<ChannelBox.Builder> settings) {
        this.mounts = mounts;
        this.settings = settings;
    }

    /** Returns an extension that mounts a consumer on a path. */
    public static ChatExtension mounting(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        return new ChatExtension(chat -> chat.mount(path, factory), builder -> builder);
    }

    /** Returns the same extension, which mounts one more consumer. */
    public ChatExtension and(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        return new ChatExtension(mounts.andThen(chat -> chat.mount(path, factory)), settings);
    }

    /** Returns the same extension, which mounts one more consumer, with options. */
    public ChatExtension and(String path, ConsumerOptions options, Supplier<? extends ChannelConsumer<?>> factory) {
        return new ChatExtension(mounts.andThen(chat -> chat.mount(path, options, factory)), settings);
    }

    /** Returns the same extension, whose authenticator is asked about {@link TestChat#anyone()}. */
    public ChatExtension authenticate(Authenticator authenticator) {
        return new ChatExtension(mounts.andThen(chat -> chat.authenticate(authenticator)), settings);
    }

    /** Returns the same extension, which speaks these subprotocols. See {@link TestChat#subprotocols}. */
    public ChatExtension subprotocols(String... names) {
        return new ChatExtension(mounts.andThen(chat -> chat.subprotocols(names)), settings);
    }

    /** Returns the same extension, whose boxes have these settings. */
    public ChatExtension with(UnaryOperator<ChannelBox.Builder> more) {
        return new ChatExtension(mounts, builder -> more.apply(settings.apply(builder)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        chat = TestChat.with(settings);
        mounts.accept(chat); // which makes each consumer once: their factories may ask for the chat
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            chat().close();
        } finally {
            chat = null;
        }
    }

    /** Returns the server of the test that is running. */
    public TestChat chat() {
        return Objects.requireNonNull(chat, "there is a chat only while a test is running");
    }

    /** See {@link TestChat#user(String)}. */
    public TestUser user(String name) {
        return chat().user(name);
    }

    /** See {@link TestChat#user(User)}. */
    public TestUser user(User user) {
        return chat().user(user);
    }

    /** See {@link TestChat#anyone()}. */
    public TestUser anyone() {
        return chat().anyone();
    }

    /** See {@link TestChat#box()}. */
    public ChannelBox box() {
        return chat().box();
    }

    /** See {@link TestChat#events()}. */
    public List<ChatEvent> events() {
        return chat().events();
    }

    /** See {@link TestChat#recordBroadcasts()}. */
    public RecordedBroadcasts recordBroadcasts() {
        return chat().recordBroadcasts();
    }

    /** See {@link TestChat#suppressBroadcasts()}. */
    public RecordedBroadcasts suppressBroadcasts() {
        return chat().suppressBroadcasts();
    }

    /** See {@link TestChat#settle()}. */
    public void settle() {
        chat().settle();
    }

    /** See {@link TestChat#advance}. */
    public void advance(Duration time) {
        chat().advance(time);
    }
}
