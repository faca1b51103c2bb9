package io.channelbox.testkit;

import io.channelbox.auth.Subprotocols;
import io.channelbox.channel.CloseStatus;
import io.channelbox.message.JoinedText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one connection of a {@link TopicClient}, which comes back. Used on the client's loop only; its socket tells it there. */
final class TopicLink {

    private static final Pattern ADVICE = Pattern.compile("retry in (\\d{1,9}) ms$");
    private static final Duration STABLE = Duration.ofSeconds(5);

    /** Whom the link tells. */
    interface Listener {

        void connecting();

        void open();

        void heard(String text);

        /** The connection, or the attempt at one, has ended; {@code back} tells whether there will be another. */
        void down(CloseStatus status, boolean back);
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final TopicClient.Builder settings;
    private final TopicLoop loop;
    private final Listener listener;

    private long turn; // what an older attempt still reports is not heard
    private @Nullable WebSocket socket;

    @SuppressWarnings("unused") // what becomes of it is told to the loop
    private CompletableFuture<?> making = CompletableFuture.completedFuture(null);

    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private @Nullable ScheduledFuture<?> timer;
    private int attempts;
    private int attempted; // in all, whatever became of them
    private long openedAt;
    private long heardAt;
    private boolean probed;
    private boolean refused; // the last token did not hold
    private boolean ended;

    TopicLink(TopicClient.Builder settings, TopicLoop loop, Listener listener) {
        this.settings = settings;
        this.loop = loop;
        this.listener = listener;
    }

    /** Whoever hears something about a topic was let in. */
    void accepted() {
        refused = false;
    }

    void connect() {
        long mine = ++turn;
        listener.connecting();
        after(settings.connectTimeout, () -> down(CloseStatus.ABNORMAL.because("no connection in time")));
        try {
            WebSocket.Builder builder = http.newWebSocketBuilder();
            settings.headers.forEach(builder::header);
            builder.subprotocols(Subprotocols.CHANNELBOX_V1);
            making = builder.buildAsync(address(), new Ears(mine))
                    .whenComplete((made, failure) -> loop.run(() -> {
                        if (mine != turn) {
                            abort(made);
                        } else if (failure != null) {
                            down(statusOf(failure));
                        } else {
                            opened(made);
                        }
                    }));
        } catch (RuntimeException noToken) { // the application's supplier
            down(CloseStatus.ABNORMAL.because(noToken.toString()));
        }
    }

    private URI address() {
        URI next = settings.addresses.get(attempted++ % settings.addresses.size());
        Optional<String> token = settings.token.map(supplier -> supplier.apply(refused));
        return token.map(text -> URI.create(next + (next.getRawQuery() == null ? "?" : "&") + "token="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .orElse(next);
    }

    private static CloseStatus statusOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException answered) {
            int status = answered.getResponse().statusCode();
            if (status == 401) {
                return CloseStatus.NOT_AUTHENTICATED;
            }
            if (status == 403) {
                return CloseStatus.FORBIDDEN;
            }
        }
        return CloseStatus.ABNORMAL.because(cause.toString());
    }

    private void opened(WebSocket made) {
        socket = made;
        sending = CompletableFuture.completedFuture(null);
        openedAt = System.nanoTime();
        heardAt = openedAt;
        probed = false;
        watch();
        made.request(1);
        listener.open();
    }

    void send(String text) {
        WebSocket now = socket;
        if (now != null) {
            sending = following(sending, () -> now.sendText(text, true));
        }
    }

    /** One frame after the other, whatever became of the one before. */
    private static CompletableFuture<WebSocket> following(
            CompletableFuture<?> before, Supplier<CompletableFuture<WebSocket>> next) {
        return before.handle((sent, failure) -> failure == null).thenCompose(whatever -> next.get());
    }

    /** Ends the connection as a broken network would; the link comes back. */
    void cut() {
        down(CloseStatus.ABNORMAL.because("cut"));
    }

    /** Ends the link. */
    void end() {
        if (!ended) {
            ended = true;
            WebSocket now = socket;
            socket = null; // or it would be aborted before it has said so
            if (now != null) {
                sending = following(sending, () -> now.sendClose(CloseStatus.NORMAL.code(), ""))
                        .orTimeout(1, TimeUnit.SECONDS)
                        .whenComplete((sent, failure) -> now.abort());
            }
            down(CloseStatus.NORMAL);
        }
    }

    private void down(CloseStatus status) {
        Duration lived = socket == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - openedAt);
        turn++;
        abort(socket);
        socket = null;
        cancelTimer();
        boolean renew = status.code() == CloseStatus.NOT_AUTHENTICATED.code() && settings.token.isPresent() && !refused;
        boolean back = !ended && (renew || status.invitesBack());
        ended |= !back;
        long at = turn;
        listener.down(status, back);
        if (!back || at != turn) {
            return;
        }
        if (renew) {
            refused = true;
            connect();
        } else {
            after(delay(status, lived), this::connect);
        }
    }

    private Duration delay(CloseStatus status, Duration lived) {
        if (lived.compareTo(STABLE) >= 0) {
            attempts = 0;
        }
        Matcher advice = ADVICE.matcher(status.reason());
        return advice.find() ? Duration.ofMillis(Long.parseLong(advice.group(1))) : settings.delays.apply(attempts++);
    }

    private static void abort(@Nullable WebSocket broken) {
        if (broken != null) {
            broken.abort();
        }
    }

    // A sign of life

    private void watch() {
        Duration silence = Duration.ofNanos(System.nanoTime() - heardAt);
        Duration left = settings.heartbeat.minus(silence);
        if (left.isNegative() || left.isZero()) {
            probed = true;
            after(settings.patience, () -> down(CloseStatus.ABNORMAL.because("no sign of life")));
            send("{\"" + settings.style.discriminator() + "\":\"ping\"}");
        } else {
            after(left, this::watch);
        }
    }

    private void alive() {
        heardAt = System.nanoTime();
        if (probed) {
            probed = false;
            watch();
        }
    }

    private void after(Duration delay, Runnable task) {
        cancelTimer();
        timer = loop.after(delay, task);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** What the socket says, brought to the loop. */
    private final class Ears implements WebSocket.Listener {

        private final long mine;
        private final StringBuilder text = new StringBuilder();

        Ears(long mine) {
            this.mine = mine;
        }

        @Override
        public void onOpen(WebSocket opened) {
            // the first frame is asked for when the link knows its socket
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                told(TopicLink.this::alive);
                JoinedText.split(whole).forEach(message -> told(() -> listener.heard(message)));
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            told(TopicLink.this::alive);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            told(() -> down(new CloseStatus(code, reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            told(() -> down(CloseStatus.ABNORMAL.because(error.toString())));
        }

        private void told(Runnable what) {
            loop.run(() -> {
                if (mine == turn) {
                    what.run();
                }
            });
        }
    }
}
