package io.channelbox.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads on the page. */
class ThreadPageIT extends InBrowser {

    @Test
    void aThreadIsWholeBesideAnEarlierPartOfItsConversation() throws Exception {
        ChatClient api = ChatClient.login(program.port(), "bob");
        long id = idOf(api.post(
                "/conversations",
                "{\"conversation_type\":\"group\",\"name\":\"Early\",\"participant_ids\":[\"ann\"]}"));
        long question = idOf(say(api, id, "question", null));
        idOf(api.post("/messages/%d/pin".formatted(question), "{}"));
        for (int i = 1; i <= 1_060; i++) {
            idOf(say(api, id, "later " + i, null));
        }
        long first = idOf(say(api, id, "first answer", question));
        long second = idOf(say(api, id, "second answer", question));
        Page ann = enter("ann");
        open(ann, "Early");
        ann.click("#pins-open");
        ann.locator("#pins-list .entry").click();
        assertThat(ann.locator("#newer")).hasText("To the newest messages ↓");

        act(ann, "question", "thread");
        assertThat(answers(ann)).hasText(new String[] {"question", "first answer", "second answer"});
        ann.fill("#thread-text", "mine");
        ann.press("#thread-text", "Enter");
        assertThat(answers(ann)).hasText(new String[] {"question", "first answer", "second answer", "mine"});
        assertThat(ann.locator("#thread-log .mark")).hasCount(1);
        idOf(api.put("/messages/" + first, "{\"content\":\"corrected\"}"));
        idOf(api.delete("/messages/" + second));
        idOf(api.post("/messages/%d/reactions".formatted(first), "{\"emoji\":\"+\"}"));

        assertThat(answers(ann)).hasText(new String[] {"question", "corrected", "mine"});
        assertThat(ann.locator("#thread-log .reactions")).hasText("+ 1");
    }

    @Test
    void whatIsWrittenInAThreadAndNotSaidStaysThere() {
        Page page = enter("ann");
        begin(page, "Drafts");
        say(page, "one");
        say(page, "two");
        act(page, "one", "thread");
        page.fill("#thread-text", "for one alone");

        act(page, "two", "thread");
        assertThat(answers(page)).hasText(new String[] {"two"});
        assertThat(page.locator("#thread-text")).hasValue("");
        act(page, "one", "thread");
        assertThat(page.locator("#thread-text")).hasValue("for one alone");
        page.click("#logout");
        signIn(page, "bob");
        open(page, "Drafts");
        act(page, "one", "thread");

        assertThat(answers(page)).hasText(new String[] {"one"});
        assertThat(page.locator("#thread-text")).hasValue("");
    }

    private static Locator answers(Page page) {
        return page.locator("#thread-log .body");
    }

    private static ChatClient.Answer say(ChatClient api, long conversation, String content, @Nullable Long answered)
            throws Exception {
        String message = "{\"conversation_id\":%d,\"content\":\"%s\",\"reply_to_id\":%s}";
        ChatClient.Answer answer;
        do {
            answer = api.post("/messages", message.formatted(conversation, content, answered));
        } while (answer.status() == 429); // so many at once are too many
        return answer;
    }

    private static long idOf(ChatClient.Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body().path("id").asLong();
    }
}
