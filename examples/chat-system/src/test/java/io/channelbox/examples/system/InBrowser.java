package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The page of the jar in a browser, where there is a Chromium: that of CHROMIUM, or one of the usual packages. */
abstract class InBrowser {

    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @TempDir
    static Path folder;

    private static Playwright playwright;
    private static Browser browser;
    static Program program;

    final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void startTheBrowser() throws Exception {
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
        program = Program.in(folder);
        setDefaultAssertionTimeout(20_000); // the machine may be busy
    }

    @AfterAll
    static void endTheBrowser() {
        if (playwright != null) {
            playwright.close();
            program.close();
        }
    }

    @AfterEach
    void noPageComplained() {
        browser.contexts().forEach(BrowserContext::close);
        assertEquals(List.of(), complaints);
    }

    final Page enter(String user) {
        return enter(user, page -> {});
    }

    /** Enters on a page to which something is done before. */
    final Page enter(String user, Consumer<Page> before) {
        Page page = browser.newContext().newPage();
        before.accept(page);
        load(page);
        signIn(page, user);
        return page;
    }

    /** Opens one more tab beside another one, whose user is signed in there, too. */
    final Page tabBeside(Page other) {
        Page page = other.context().newPage();
        load(page);
        assertThat(page.locator("#state-text")).hasText("Connected");
        return page;
    }

    private void load(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate("http://localhost:" + program.port() + "/");
    }

    static void signIn(Page page, String user) {
        page.fill("#username", user);
        page.fill("#password", user);
        page.click("#login .primary");
        assertThat(page.locator("#state-text")).hasText("Connected");
    }

    static void begin(Page page, String name) {
        page.click("#new");
        page.check("input[value=bob]");
        page.fill("#field-name-of-the-group", name);
        page.click("#dialog-body .primary");
        assertThat(page.locator("#title")).hasText(name);
        assertThat(page.locator("#log .empty")).hasText("Nothing was said here yet.");
    }

    static void open(Page page, String name) {
        page.locator(".entry", new Page.LocatorOptions().setHasText(name)).click();
        assertThat(page.locator("#title")).hasText(name);
    }

    static void say(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    static Locator message(Page page, String text) {
        return page.locator("#log .message")
                .filter(new Locator.FilterOptions().setHas(page.locator(".body:text-is('" + text + "')")));
    }

    static void act(Page page, String text, String what) {
        message(page, text).hover();
        message(page, text).locator("[data-act=" + what + "]").click();
    }
}
