package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was said and is not confirmed, when refusals, other tabs and other users come between. */
class OutboxPageIT extends InBrowser {

    private static final String POSTS = "**/api/v1/chat/messages";

    @Test
    void whatCannotBeSaidYetIsSaidLater() {
        Page ann = enter("ann");
        begin(ann, "Later");
        keepWaiting(ann, 1, "said later", here(ann));
        var refusals = new AtomicInteger();
        ann.route(POSTS, route -> {
            if (refusals.getAndIncrement() == 0) {
                route.fulfill(new Route.FulfillOptions().setStatus(429).setBody("{}"));
            } else {
                route.resume();
            }
        });

        ann.reload();
        open(ann, "Later");

        assertThat(message(ann, "said later")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        complaints.removeIf(each -> each.contains("429"));
    }

    @Test
    void whatIsRefusedIsGivenBackUntilItIsSaidOrDiscarded() {
        Page ann = enter("ann");
        begin(ann, "Refused");
        keepWaiting(ann, 1, "said at last", here(ann));
        keepWaiting(ann, 2, "thought better of", here(ann));
        ann.route(
                POSTS,
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(403).setBody("{\"detail\":\"You are muted here.\"}")));

        ann.reload();
        open(ann, "Refused");
        assertThat(message(ann, "said at last")).containsText("You are muted here.");
        ann.reload();
        open(ann, "Refused");
        message(ann, "said at last").getByText("Try again").click();
        message(ann, "thought better of").getByText("Discard").click();

        assertThat(message(ann, "said at last").locator(".mark")).isVisible();
        assertThat(message(ann, "thought better of")).hasCount(0);
        assertEquals(List.of(), waiting(ann));
        complaints.removeIf(each -> each.contains("403"));
    }

    @Test
    void whatHasNoConversationAnyMoreIsToldOnce() {
        Page ann = enter("ann");
        keepWaiting(ann, 1, "to nobody", 999_999);

        ann.reload();

        assertThat(ann.locator("#notice-text")).containsText("“to nobody” was not sent");
        assertEquals(List.of(), waiting(ann));
        complaints.removeIf(each -> each.contains("403"));
    }

    @Test
    void whatWaitsIsNeverSaidByWhoeverSignsInNext() {
        var posts = new ArrayList<Route>();
        Page page = enter("ann");
        begin(page, "Two users");
        keepWaiting(page, 1, "one of ann", here(page));
        keepWaiting(page, 2, "two of ann", here(page));
        page.route(POSTS, posts::add);
        page.waitForRequest(POSTS, page::reload);

        page.click("#logout");
        signIn(page, "bob");
        page.waitForResponse(POSTS, () -> posts.get(0).resume());
        open(page, "Two users");
        say(page, "by bob");

        assertThat(message(page, "by bob").locator(".mark")).isVisible();
        assertEquals(1, posts.size());
        assertThat(message(page, "two of ann")).hasCount(0);
        assertEquals("two of ann", waiting(page).get(waiting(page).size() - 1));
    }

    @Test
    void whatTwoTabsSayWhileTheServerIsGoneIsSaidOnceByTheNextOne() throws Exception {
        Page one = enter("ann");
        begin(one, "Tabs");
        Page two = tabBeside(one);
        open(two, "Tabs");
        assertThat(two.locator("#log .empty")).isVisible();

        program.kill();
        say(one, "in the first");
        say(two, "in the second");
        assertThat(two.locator(".message.waiting .body")).hasText("in the second");
        Page three = one.context().newPage();
        one.close();
        two.close();
        program.start();
        three.navigate("http://localhost:" + program.port() + "/");
        open(three, "Tabs");

        assertThat(three.locator("#log .mark")).hasCount(2);
        assertThat(three.locator("#log .body")).hasText(new String[] {"in the first", "in the second"});
        assertEquals(List.of(), waiting(three));
        complaints.removeIf(each -> each.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void aTabWhoseUserSignsOutInAnotherOneLeavesAndSaysNothing() {
        Page one = enter("ann");
        begin(one, "Changing");
        Page two = tabBeside(one);
        open(two, "Changing");
        two.fill("#text", "half a sentence");
        var asked = new ArrayList<String>();

        one.click("#logout");
        assertThat(two.locator("#welcome")).isVisible();
        two.onRequest(request -> asked.add(request.url()));
        signIn(one, "bob");
        open(one, "Changing");
        say(one, "by bob");
        assertThat(message(one, "by bob").locator(".mark")).isVisible();

        assertThat(two.locator("#welcome")).isVisible();
        assertThat(two.locator("#login-error")).containsText("another tab");
        assertEquals(List.of(), asked);
        two.reload();
        assertThat(two.locator("#me")).hasText("Bob");
    }

    private static int here(Page page) {
        return ((Number) page.evaluate("Number(location.hash.slice(1))")).intValue();
    }

    /** Leaves something of ann as an earlier page does that could not say it. */
    private static void keepWaiting(Page page, int place, String content, int conversation) {
        page.evaluate("""
                ([place, content, conversation_id]) => localStorage.setItem(`chat_outbox_ann:${place}-${conversation_id}`, JSON.stringify({
                  client_id: `${place}-${conversation_id}`, conversation_id, content, attachments: [],
                  user_id: 'ann', username: 'Ann', created_at: `2026-01-01T00:00:0${place}.000Z` }))""", List.of(place, content, conversation));
    }

    private static List<?> waiting(Page page) {
        return (List<?>) page.evaluate("""
                Object.keys(localStorage).filter(key => key.startsWith('chat_outbox_ann:')).sort()
                  .map(key => JSON.parse(localStorage.getItem(key)).content)""");
    }
}
