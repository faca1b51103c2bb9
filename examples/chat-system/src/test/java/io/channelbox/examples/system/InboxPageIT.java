package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the list of conversations tells. */
class InboxPageIT extends InBrowser {

    @Test
    void aMentionThatAnEditAddsCountsWhereItWasNotRead() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Edited");
        say(ann, "hello");
        open(bob, "Edited");
        assertThat(message(ann, "hello").locator(".mark")).containsText("read by Bob");
        bob.reload();
        Locator entry = entry(bob, "Edited");
        assertThat(entry.locator(".last")).hasText("hello");

        act(ann, "hello", "edit");
        say(ann, "@bob, hello");
        assertThat(entry.locator(".last")).hasText("@bob, hello");
        say(ann, "later");
        assertThat(entry.locator(".badge")).hasText(new String[] {"1 unread"});
        act(ann, "later", "edit");
        say(ann, "@bob, later");
        assertThat(entry.locator(".badge.mention")).isVisible();
        Locator last = ann.locator("#log .message").last();
        last.hover();
        last.locator("[data-act=edit]").click();
        say(ann, "later on");

        assertThat(entry.locator(".badge")).hasText(new String[] {"1 unread"});
    }

    @Test
    void whatSomebodySaidLastWhomOneHasBlockedIsHidden() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id = group("ann", "Shared", "\"bob\"");
        ok(api.put("/blocks/bob", "{}"));
        Page ann = enter("ann");
        Page bob = enter("bob");
        open(bob, "Shared");

        say(bob, "noise");
        assertThat(entry(ann, "Shared").locator(".last")).hasText("Hidden");
        ann.reload();

        assertThat(entry(ann, "Shared").locator(".last")).hasText("Hidden");
        ok(api.post("/messages", "{\"conversation_id\":%d,\"content\":\"music\"}".formatted(id)));
        assertThat(entry(ann, "Shared").locator(".last")).hasText("music");
        ok(api.delete("/blocks/bob"));
    }

    @Test
    void theListIsShownAlsoWhileNobodyTellsWhoIsBlocked() throws Exception {
        group("ann", "Shown", "\"bob\"");

        Page ann = enter(
                "ann",
                page -> page.route(
                        "**/api/v1/chat/blocks",
                        route -> route.fulfill(
                                new Route.FulfillOptions().setStatus(503).setBody("{}"))));

        assertThat(entry(ann, "Shown")).isVisible();
        complaints.removeIf(each -> each.contains("503"));
    }

    @Test
    void manyDeletionsAreCountedByFewQuestions() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id = group("ann", "Spam", "\"bob\"");
        var said = new ArrayList<Long>();
        for (int i = 1; i <= 40; i++) {
            said.add(ok(api.post("/messages", "{\"conversation_id\":%d,\"content\":\"spam %d\"}".formatted(id, i)))
                    .path("id")
                    .asLong());
        }
        Page bob = enter("bob");
        assertThat(entry(bob, "Spam").locator(".badge")).hasText("40 unread");
        var questions = new AtomicInteger();
        bob.route("**/api/v1/chat/conversations/" + id, route -> {
            if (questions.getAndIncrement() == 0) {
                route.fulfill(new Route.FulfillOptions().setStatus(429).setBody("{}"));
            } else {
                route.resume();
            }
        });

        for (long each : said) {
            ok(api.delete("/messages/" + each));
        }

        assertThat(entry(bob, "Spam").locator(".last")).hasText("No messages yet");
        assertThat(entry(bob, "Spam").locator(".badge")).hasCount(0);
        assertTrue(questions.get() < 20, () -> questions + " questions");
        complaints.removeIf(each -> each.contains("429"));
    }

    @Test
    void theDetailsOpenOfAConversationWithSomebodyWhoIsErased() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        ok(api.post("/conversations", "{\"conversation_type\":\"direct\",\"participant_ids\":[\"cid\"]}"));
        ok(ChatClient.login(program.port(), "cid").delete("/users/me"));
        Page ann = enter("ann");
        ann.locator(".entry").first().click();

        ann.click("#about");

        assertThat(ann.locator("#dialog-body")).containsText("has erased their account");
        assertThat(ann.locator("#field-notifications")).isVisible();
    }

    private static Locator entry(Page page, String name) {
        return page.locator(".entry", new Page.LocatorOptions().setHasText(name));
    }

    private static long group(String owner, String name, String others) throws Exception {
        return ok(ChatClient.login(program.port(), owner)
                        .post(
                                "/conversations",
                                "{\"conversation_type\":\"group\",\"name\":\"%s\",\"participant_ids\":[%s]}"
                                        .formatted(name, others)))
                .path("id")
                .asLong();
    }

    private static JsonNode ok(ChatClient.Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }
}
