package io.channelbox.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client in a page, where there is a Chromium: that of CHROMIUM, or one of Debian's or Google's packages. */
@Timeout(120)
class ChromiumTest {

    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private @Nullable ChatServer server;
    private @Nullable FaultyNetwork network;

    @BeforeAll
    static void startTheBrowser() {
        Optional<Path> chromium = Stream.concat(Optional.ofNullable(System.getenv("CHROMIUM")).stream(), USUAL.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                chromium.isPresent(),
                () -> "SKIPPED, there is no Chromium: install one, or name it in CHROMIUM. Looked for " + USUAL);
        Playwright started = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = started;
        browser = started.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void endTheBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        ChatServer started = ChatServer.start(true);
        server = started;
        network = FaultyNetwork.before(started.port());
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(browser).contexts().forEach(BrowserContext::close);
        Objects.requireNonNull(network).close();
        Objects.requireNonNull(server).close();
    }

    private Page enter(String name) {
        Page page = Objects.requireNonNull(browser).newContext().newPage();
        page.onPageError(complaints::add);
        page.navigate("http://localhost:" + Objects.requireNonNull(network).port() + "/room.html?name=" + name);
        page.waitForSelector("[data-subscribed]");
        return page;
    }

    private static void say(Page page, String text) {
        page.evaluate("text => { window.result = room.publish('say', { text }); }", text);
    }

    private static List<String> said(Page page, int count) {
        page.waitForFunction("count => document.querySelectorAll('#said li').length >= count", count);
        return page.locator("#said li").allTextContents();
    }

    @Test
    void twoPagesTalk() {
        Page ann = enter("ann");
        Page bob = enter("bob");

        say(ann, "hi");

        assertEquals(List.of("ann: hi"), said(bob, 1));
        assertEquals(1, ann.evaluate("async () => (await result).position.offset"));
        assertEquals(List.of(), complaints);
    }

    @Test
    void aPageTakesSeveralMessagesFromOneFrame() {
        List<String> texts = IntStream.rangeClosed(1, 50).mapToObj(i -> "m" + i).toList();
        texts.forEach(text -> Objects.requireNonNull(server).say("room:lobby", text));

        Page ann = enter("ann");

        assertEquals(texts.stream().map(text -> "server: " + text).toList(), said(ann, 50));
        assertEquals(List.of(), complaints);
    }

    @Test
    void aPageComesBackAfterACutAndMissesNothing() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        say(ann, "one");
        said(bob, 1);

        Objects.requireNonNull(network).cut();
        say(ann, "two");
        ann.evaluate("() => result");
        say(bob, "three");

        assertEquals(List.of("ann: one", "ann: two", "bob: three"), said(bob, 3));
        assertEquals(List.of("ann: one", "ann: two", "bob: three"), said(ann, 3));
    }

    @Test
    void aPageSurvivesARestartOfTheServer() throws Exception {
        Page ann = enter("ann");
        say(ann, "before");
        said(ann, 1);

        Objects.requireNonNull(server).stop();
        say(ann, "while it is down");
        Objects.requireNonNull(server).start();

        assertEquals(List.of("ann: before", "ann: while it is down"), said(ann, 2));
    }

    @Test
    void aPageWithoutANetworkWaitsForIt() {
        Page ann = enter("ann");

        ann.context().setOffline(true);
        Objects.requireNonNull(network).cut();
        ann.waitForFunction("() => chat.state === 'offline'");
        say(ann, "later");
        ann.context().setOffline(false);

        assertEquals(List.of("ann: later"), said(ann, 1));
    }
}
