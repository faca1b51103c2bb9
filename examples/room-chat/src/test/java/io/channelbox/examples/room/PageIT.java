package io.channelbox.examples.room;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the jar in a browser, where there is a Chromium: that of CHROMIUM, or one of the usual packages. */
class PageIT {

    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();

    @TempDir
    Path folder;

    private Program program;

    @BeforeAll
    static void startTheBrowser() {
        Optional<Path> chromium = Stream.concat(Optional.ofNullable(System.getenv("CHROMIUM")).stream(), USUAL.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                chromium.isPresent(),
                () -> "SKIPPED, there is no Chromium: install one, or name it in CHROMIUM. Looked for " + USUAL);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
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
    void start() throws Exception {
        program = Program.in(folder);
    }

    @AfterEach
    void stop() {
        browser.contexts().forEach(BrowserContext::close);
        program.close();
        assertEquals(List.of(), complaints);
    }

    @Test
    void theServerIsKilledWhileTwoPagesWriteAndBothShowEveryMessageOnceInOrderAndDelivered() throws Exception {
        Page ann = enter("ann");
        Page bob = enter("bob");
        Peer original = Peer.connect(program.port(), "/ws/chat/general?user=carla");
        original.receive(3);
        List<String> written = new ArrayList<>();

        for (int i = 1; i <= 20; i++) {
            if (i == 8) {
                program.kill();
            }
            written.add(say(ann, "ann " + i));
            written.add(say(bob, "bob " + i));
            if (i == 14) {
                program.start();
            }
        }

        for (Page page : List.of(ann, bob)) {
            assertThat(page.locator("[data-fate=delivered]")).hasCount(20, patiently());
            assertThat(page.locator("[data-fate=waiting]")).hasCount(0);
            assertEquals(40, textsOn(page).size());
            assertEquals(new HashSet<>(written), new HashSet<>(textsOn(page)));
            assertInOrder("ann", textsOn(page));
            assertInOrder("bob", textsOn(page));
        }
        assertEquals(textsOn(ann), textsOn(bob));
        List<String> shown = textsOn(ann);
        ann.reload();
        assertThat(ann.locator("#log")).containsText(shown.get(39), SOON);
        assertEquals(shown, textsOn(ann));
    }

    @Test
    void whatIsWrittenWithoutAConnectionOutlivesAReloadAndIsSaidOnce() {
        Page bob = enter("bob");
        var cut = new AtomicBoolean(true);
        BrowserContext context = browser.newContext();
        context.routeWebSocket(Pattern.compile(".*/ws/topics.*"), socket -> {
            if (cut.get()) {
                socket.close(new WebSocketRoute.CloseOptions().setCode(1013));
            } else {
                socket.connectToServer();
            }
        });
        Page ann = login(context, "ann");
        say(ann, "one");
        say(ann, "two");
        assertThat(ann.locator("[data-fate=waiting] .body")).hasText(new String[] {"one", "two"});

        ann.onDialog(Dialog::accept);
        ann.reload();
        assertThat(ann.locator("[data-fate=waiting] .body")).hasText(new String[] {"one", "two"});
        cut.set(false);

        assertThat(ann.locator("[data-fate=delivered] .body"))
                .hasText(new String[] {"one", "two"}, new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(bob.locator(".body")).hasText(new String[] {"one", "two"});
    }

    @Test
    void onePageShowsWhoIsTypingHowOthersAreAndOnHowManyDevices() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        assertThat(bob.locator("#here button")).hasAttribute("title", "ann: online");

        bob.locator("#text").pressSequentially("hm");
        assertThat(ann.locator("#typing")).hasText("bob is typing…");
        say(bob, "hello");
        assertThat(ann.locator("#typing")).hasText("");
        bob.selectOption("#status", "busy");
        bob.fill("#status-text", "in a meeting");
        bob.press("#status-text", "Enter");

        Locator entry = ann.locator("#here button");
        assertThat(entry.locator(".saying")).hasText("in a meeting");
        assertThat(entry).hasAttribute("title", "bob: busy");
        Page second = bob.context().newPage();
        second.navigate("http://localhost:" + port() + "/#general");
        assertThat(entry).hasAttribute("title", "bob: busy on 2 devices");
    }

    @Test
    void whoDoesNothingIsAwayUntilTheyDoSomething() {
        Page ann = enter("ann");
        BrowserContext context = browser.newContext();
        context.clock().install();
        Page bob = login(context, "bob");
        Locator entry = ann.locator("#here button");
        assertThat(entry).hasAttribute("title", "bob: online");

        bob.clock().fastForward("05:30");
        assertThat(entry).hasAttribute("title", "bob: away");
        bob.keyboard().press("Shift");

        assertThat(entry).hasAttribute("title", "bob: online");
    }

    @Test
    void aPrivateMessageIsOnAllPagesOfBothAndOnNobodyElses() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        Page carla = enter("carla");
        Page phone = ann.context().newPage();
        phone.navigate("http://localhost:" + port() + "/#other");
        assertThat(phone.locator("#state")).hasText("Connected");

        ann.getByTitle("bob: online").click();
        say(ann, "psst");

        assertThat(bob.locator("#threads .badge")).hasText("1 unread");
        bob.click("#threads button");
        assertThat(bob.locator("#log .body")).hasText("psst");
        phone.click("#threads button");
        assertThat(phone.locator("#log .body")).hasText("psst");
        assertThat(phone.locator("[data-fate=accepted]")).hasCount(1);
        assertThat(carla.locator("#threads button")).hasCount(0);
        bob.reload();
        assertThat(bob.locator("#threads button")).hasText(Pattern.compile("bob|ann"));
        assertThat(bob.locator("#threads .badge")).hasCount(0);
    }

    @Test
    void whoComesWhileARoomCannotBeReadIsToldSoUntilItCan() {
        say(enter("bob"), "hello");
        var away = new AtomicBoolean(true);
        BrowserContext context = browser.newContext();
        context.routeWebSocket(Pattern.compile(".*/ws/topics.*"), socket -> {
            WebSocketRoute server = socket.connectToServer();
            socket.onMessage(frame -> {
                if (away.get() && frame.text().contains("\"subscribe\"")) {
                    socket.send(unavailable(refOf(frame.text())));
                } else {
                    server.send(frame.text());
                }
            });
        });

        Page ann = login(context, "ann");
        assertThat(ann.locator("#log")).containsText("cannot be read now");
        assertThat(ann.locator("#subtitle")).hasText("");
        away.set(false);

        assertThat(ann.locator("#log .body"))
                .hasText("hello", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(ann.locator("#subtitle")).hasText("2 people are here");
        assertThat(ann.locator("#notice")).isHidden();
    }

    @Test
    void whoOnlyReadsIsNotToldThatTheServerCannotDoSomethingNow() {
        List<WebSocketRoute> sockets = new ArrayList<>();
        BrowserContext context = browser.newContext();
        context.routeWebSocket(Pattern.compile(".*/ws/topics.*"), socket -> {
            socket.connectToServer();
            sockets.add(socket);
        });
        Page ann = login(context, "ann");
        assertThat(ann.locator("#subtitle")).hasText("Only you are here");

        sockets.get(0).send(inRoom("error", "", "{\"reason\":\"unavailable\",\"detail\":\"not now, come again\"}"));
        say(ann, "all is well");

        assertThat(ann.locator("[data-fate=accepted]")).hasCount(1);
        assertThat(ann.locator("#notice")).isHidden();
    }

    @Test
    void whenTheHistoryBeginsAnewThePageSaysSoAndGoesOnShowingWhoIsHere() {
        enter("bob");
        List<WebSocketRoute> sockets = new ArrayList<>();
        BrowserContext context = browser.newContext();
        context.routeWebSocket(Pattern.compile(".*/ws/topics.*"), socket -> {
            WebSocketRoute server = socket.connectToServer();
            sockets.add(socket);
            server.onMessage(frame -> {
                boolean isSecondPresence = sockets.size() > 1 && frame.text().contains("presence_state");
                if (!isSecondPresence) {
                    socket.send(frame.text());
                }
            });
        });
        Page ann = login(context, "ann");
        say(ann, "before");
        assertThat(ann.locator("#here button")).hasAttribute("title", "bob: online");

        WebSocketRoute socket = sockets.get(0);
        sockets.add(socket); // from here on nobody tells who is here
        socket.send(inRoom(
                "lost",
                "",
                "{\"from\":{\"epoch\":\"a\",\"offset\":1},\"to\":{\"epoch\":\"b\",\"offset\":0},\"cause\":\"epoch\"}"));

        assertThat(ann.locator("#log .lost")).hasText("The history of the server begins anew here.");
        assertThat(ann.locator("#here button")).hasAttribute("title", "bob: online");
    }

    private static String unavailable(String ref) {
        return inRoom(
                "error",
                ",\"ref\":\"" + ref + "\"",
                "{\"reason\":\"unavailable\",\"detail\":\"not now, come again\",\"retry_after_ms\":200}");
    }

    private static String inRoom(String type, String fields, String payload) {
        return "{\"version\":1,\"topic\":\"room:general\",\"type\":\"" + type + "\"" + fields + ",\"payload\":"
                + payload + "}";
    }

    private static String refOf(String frame) {
        return frame.replaceAll(".*\"ref\":\"([^\"]*)\".*", "$1");
    }

    private Page enter(String name) {
        Page page = login(browser.newContext(), name);
        assertThat(page.locator("#state")).hasText("Connected");
        return page;
    }

    private Page login(BrowserContext context, String name) {
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.navigate("http://localhost:" + port() + "/#general");
        page.fill("#name", name);
        page.click("#login .primary");
        assertThat(page.locator("#chat")).isVisible();
        return page;
    }

    private int port() {
        try {
            return program.port();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String say(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
        return text;
    }

    private static List<String> textsOn(Page page) {
        return page.locator("#log .body").allTextContents();
    }

    private static LocatorAssertions.HasCountOptions patiently() {
        return new LocatorAssertions.HasCountOptions().setTimeout(60_000);
    }

    private static void assertInOrder(String user, List<String> texts) {
        List<String> own = texts.stream().filter(text -> text.startsWith(user)).toList();
        for (int i = 0; i < own.size(); i++) {
            assertEquals(user + " " + (i + 1), own.get(i));
        }
    }
}
