package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finding, mentioning and moderating on the page. */
class ModerationPageIT extends InBrowser {

    private static final String MARKUP = "<img src=x onerror=document.title='owned'> <b>bold</b>";

    @Test
    void aSearchMarksWhatItFindsAsTextAndGoesThere() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "ann");
        long id = group(api, "Haystack", "\"bob\"");
        String said = "a thimble, " + MARKUP;
        api.post("/messages", "{\"conversation_id\":%d,\"content\":\"%s\"}".formatted(id, said));
        for (int i = 1; i <= 120; i++) {
            api.post("/messages", "{\"conversation_id\":%d,\"content\":\"straw %d\"}".formatted(id, i));
        }
        Page bob = enter("bob");
        assertThat(entry(bob, "Haystack")).isVisible();

        bob.keyboard().press("Control+k");
        bob.keyboard().type("nothing like it");
        assertThat(bob.locator("#found-state")).hasText("Nothing was found.");
        bob.fill("#field-words", "thimble");
        assertThat(bob.locator("#found mark")).hasText("thimble");
        assertThat(bob.locator("#found .excerpt")).hasText(said);
        assertEquals(0, bob.locator("#found img, #found b").count());
        bob.locator("#found .entry").click();

        assertThat(bob.locator("#title")).hasText("Haystack");
        assertThat(bob.locator("#log .message.found .body")).hasText(said);
        assertThat(bob.locator("#log .message").first()).isInViewport();
    }

    @Test
    void aMentionIsCompletedByKeysMarkedAndCounted() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Mentions");
        assertThat(entry(bob, "Mentions")).isVisible();

        ann.focus("#text");
        ann.keyboard().type("hello @b");
        assertThat(ann.locator("[role=option]")).containsText("Bob");
        ann.keyboard().press("Enter");
        assertThat(ann.locator("#text")).hasValue("hello @bob ");
        ann.keyboard().press("Enter");

        assertThat(entry(bob, "Mentions").locator(".badge.mention")).isVisible();
        open(bob, "Mentions");
        assertThat(bob.locator("#log .mentioned.me")).hasText("@bob");
        assertThat(entry(bob, "Mentions").locator(".badge")).hasCount(0);
    }

    @Test
    void whoIsMutedReadsUntilWhenAndWritesAgainWhenTheyMay() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Quiet");
        open(bob, "Quiet");

        ann.click("#about");
        ann.click("[aria-label='Mute Bob']");
        ann.fill("#field-reason", "shouting");
        ann.click("#dialog-body .primary");
        assertThat(bob.locator("#closed-text")).containsText("You are muted here until");
        assertThat(bob.locator("#text")).isDisabled();
        ann.click("[aria-label='Unmute Bob']");

        assertThat(bob.locator("#closed")).isHidden();
        assertThat(bob.locator("#text")).isEnabled();
    }

    @Test
    void aReportAndWhatBecomesOfItAreSeenAtOnceByWhoModerates() throws Exception {
        group(ChatClient.login(program.port(), "ann"), "Court", "\"bob\",\"cid\"");
        Page ann = enter("ann");
        Page bob = enter("bob");
        Page cid = enter("cid");
        List.of(ann, bob, cid).forEach(page -> open(page, "Court"));
        ann.click("#about");
        ann.locator("#dialog-body footer button").getByText("Moderation").click();
        assertThat(ann.getByText("Nothing is reported.")).isVisible();

        say(cid, MARKUP);
        bob.locator("#log .message").hover();
        bob.click("[data-act=report]");
        bob.fill("#field-what-is-wrong-with-it", MARKUP);
        bob.click("#dialog-body .primary");

        assertThat(ann.locator(".cases blockquote")).hasText(MARKUP);
        ann.fill(".cases input", MARKUP);
        ann.getByText("Delete the message").click();
        assertThat(bob.locator("#log .message")).hasCount(0);
        ann.getByText("Dismiss").click();
        assertThat(ann.locator(".cases blockquote")).hasCount(0);
        ann.getByText("Audit log").click();
        assertThat(ann.locator("[role=tabpanel]:not([hidden]) .cases li").first())
                .containsText("Ann dismissed a report about Cid");
        assertThat(ann.locator(".cases .why").first()).hasText(MARKUP);
        assertEquals(0, ann.locator("#dialog img, #dialog .cases b").count());
    }

    @Test
    void everyToolOfModerationDoesWhatItSaysAndIsInTheAuditLog() {
        Page ann = enter("ann");
        Page bob = enter("bob");
        begin(ann, "Tools");
        open(bob, "Tools");
        say(bob, "first");
        say(bob, "second");
        assertThat(message(ann, "second")).isVisible();

        mutesForATime(ann, bob);
        deletesAndResolves(ann, bob);
        slowsDown(ann, bob);
        freezes(ann, bob);
        takesOut(ann, bob, "Kick");
        takesOut(ann, bob, "Ban");
        liftsTheBan(ann, bob);

        assertEquals(
                List.of(
                        "Ann lifted the ban of Bob",
                        "Ann banned Bob",
                        "Ann took out Bob",
                        "Ann let everybody speak again",
                        "Ann froze the group",
                        "Ann set slow mode off",
                        "Ann set slow mode to a message every 1 min",
                        "Ann took a report as right about Bob",
                        "Ann deleted a message of Bob",
                        "Ann gave their voice again to Bob",
                        "Ann muted Bob"),
                auditOf(ann));
    }

    private static void mutesForATime(Page ann, Page bob) {
        ann.click("#about");
        ann.click("[aria-label='Mute Bob']");
        confirm(ann, "3600");
        assertThat(bob.locator("#closed-text")).containsText("You are muted here until");
        ann.click("[aria-label='Unmute Bob']");
        assertThat(bob.locator("#text")).isEnabled();
        close(ann);
    }

    private static void close(Page page) {
        page.keyboard().press("Escape");
        assertThat(page.locator("#dialog")).isHidden();
    }

    private static void deletesAndResolves(Page ann, Page bob) {
        act(ann, "first", "delete");
        ann.fill("#field-reason", "because");
        ann.click("#dialog-body .primary");
        assertThat(bob.locator("#log .body")).hasText(new String[] {"second"});
        act(ann, "second", "report");
        ann.fill("#field-what-is-wrong-with-it", "spam");
        ann.click("#dialog-body .primary");
        moderate(ann, "Reports");
        ann.getByText("Resolve").click();
        assertThat(ann.getByText("Nothing is reported.")).isVisible();
        close(ann);
    }

    private static void slowsDown(Page ann, Page bob) {
        moderate(ann, "Limits");
        Locator pause = ann.locator("[role=tabpanel]:not([hidden]) select");
        pause.selectOption("60");
        save(ann);
        assertThat(bob.locator("#closed-text")).containsText("Slow mode");
        pause.selectOption("0");
        save(ann);
        assertThat(bob.locator("#closed")).isHidden();
    }

    private static void freezes(Page ann, Page bob) {
        ann.getByLabel("Frozen: only admins speak").check();
        save(ann);
        assertThat(bob.locator("#closed-text")).containsText("This group is frozen");
        ann.getByLabel("Frozen: only admins speak").uncheck();
        save(ann);
        assertThat(bob.locator("#text")).isEnabled();
        close(ann);
    }

    private static void save(Page ann) {
        ann.click("[role=tabpanel]:not([hidden]) .primary");
        assertThat(ann.locator("[role=tabpanel]:not([hidden]) [role=status]")).hasText("Kept.");
    }

    /** Takes Bob out, and adds him again where that is possible. */
    private static void takesOut(Page ann, Page bob, String how) {
        ann.click("#about");
        ann.click("[aria-label='" + how + " Bob']");
        confirm(ann, "3600");
        assertThat(entry(bob, "Tools")).hasCount(0);
        if (how.equals("Kick")) {
            add(ann, bob);
        }
        close(ann);
    }

    private static void liftsTheBan(Page ann, Page bob) {
        moderate(ann, "Bans");
        assertThat(ann.locator("[role=tabpanel]:not([hidden]) .cases li")).containsText("Bob, until");
        ann.getByText("Lift the ban").click();
        assertThat(ann.getByText("Lift the ban")).hasCount(0);
        close(ann);
        ann.click("#about");
        add(ann, bob);
        close(ann);
    }

    private static void add(Page ann, Page bob) {
        ann.selectOption("#add-whom", "bob");
        ann.locator("#dialog-body form.inline button").click();
        assertThat(ann.locator("[aria-label='Mute Bob']")).isVisible();
        assertThat(entry(bob, "Tools")).isVisible();
    }

    private static void confirm(Page ann, String seconds) {
        Locator term = ann.locator("#field-for-how-long");
        if (term.count() > 0) {
            term.selectOption(seconds);
        }
        ann.fill("#field-reason", "because");
        ann.click("#dialog-body .primary");
        assertThat(ann.locator("#dialog-title")).hasText("Tools");
    }

    private static void moderate(Page ann, String tab) {
        ann.click("#about");
        ann.locator("#dialog-body footer button").getByText("Moderation").click();
        ann.locator("[role=tab]").getByText(tab).click();
    }

    private static List<String> auditOf(Page ann) {
        moderate(ann, "Audit log");
        Locator entries = ann.locator("[role=tabpanel]:not([hidden]) .cases li > p:first-child");
        assertThat(entries).hasCount(11);
        return entries.allInnerTexts().stream()
                .map(text -> text.replaceAll(" until .*", ""))
                .toList();
    }

    private static long group(ChatClient api, String name, String others) throws Exception {
        return api.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"%s\",\"participant_ids\":[%s]}"
                                .formatted(name, others))
                .body()
                .path("id")
                .asLong();
    }

    private static Locator entry(Page page, String name) {
        return page.locator(".entry", new Page.LocatorOptions().setHasText(name));
    }
}
