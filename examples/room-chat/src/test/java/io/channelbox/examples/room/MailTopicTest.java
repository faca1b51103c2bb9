package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Private messages on the page, which the original clients get too. */
class MailTopicTest {

    private static final String TOPICS = "/ws/topics";

    private final Directory directory = new Directory();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(TOPICS, () -> sockets().topics())
            .and("/ws/chat/{room_id}", () -> sockets().room())
            .and("/dm/{user_id}", () -> sockets().direct())
            .with(box -> Sockets.settings(box, directory));

    private @Nullable Sockets sockets;

    private Sockets sockets() {
        if (sockets == null) {
            sockets = new Sockets(chat.box(), directory);
        }
        return sockets;
    }

    @Test
    void aPrivateMessageIsInTheMailOfBothOnAllTheirPagesAndOnTheClientsOfItsRecipient() {
        TestPage phone = mail("ann");
        TestPage bob = mail("bob");
        TestClient annsOld = chat.user("ann").connect("/dm/bob");
        TestClient bobsOld = chat.user("bob").connect("/dm/ann");

        TestPage desktop = mail("ann");
        desktop.send("write", "{'to':'bob','content':'psst'}");

        assertEquals(List.of("private_copy {'to':'bob','content':'psst'}"), desktop.told("private_copy", "private"));
        assertEquals(List.of("private_copy {'to':'bob','content':'psst'}"), phone.told("private_copy", "private"));
        assertEquals(List.of("private {'from':'ann','content':'psst'}"), bob.told("private_copy", "private"));
        assertEquals("psst", bobsOld.receiveJson().get("content").asText());
        bobsOld.assertSilent();
        annsOld.assertSilent();
    }

    @Test
    void whatAnOriginalClientSendsIsOnTheSendersPagesToo() {
        TestPage bob = mail("bob");
        TestPage ann = mail("ann");

        chat.user("ann").connect("/dm/bob").send("{\"message\":\"psst\"}");

        assertEquals(List.of("private_copy {'to':'bob','content':'psst'}"), ann.told("private_copy"));
        assertEquals(List.of("private {'from':'ann','content':'psst'}"), bob.told("private"));
    }

    @Test
    void sayingItAgainSaysItOnceAndNamesItsPlaceInTheSendersMail() {
        TestPage bob = mail("bob");
        TestPage ann = mail("ann");

        ann.send("write", "{'to':'bob','content':'psst'}", ",'ref':'1','idempotency_key':'k'");
        List<String> first = ann.told("ack", "private_copy");
        ann.send("write", "{'to':'bob','content':'psst'}", ",'ref':'1','idempotency_key':'k'");

        assertEquals(2, first.size());
        assertTrue(first.get(1).contains("'offset':1"), first::toString);
        assertEquals(first.subList(1, 2), ann.told("ack", "private_copy"));
        assertEquals(1, bob.told("private").size());
    }

    @Test
    void whoWritesToThemselvesHasBoth() {
        TestPage ann = mail("ann");

        ann.send("write", "{'to':'ann','content':'milk'}", ",'ref':'1','idempotency_key':'k'");

        assertEquals(
                List.of("private_copy {'to':'ann','content':'milk'}", "private {'from':'ann','content':'milk'}"),
                ann.told("private_copy", "private"));
    }

    @Test
    void anOriginalClientThatComesLaterIsToldWhatItGotAndNotWhatItSent() {
        mail("ann").send("write", "{'to':'ann','content':'milk'}");
        TestPage bob = mail("bob");
        bob.breakOff();
        TestPage ann = mail("ann");
        ann.send("write", "{'to':'bob','content':'one'}");
        ann.send("write", "{'to':'bob','content':'two'}");

        TestClient bobsOld = chat.user("bob").connect("/dm/ann");

        assertEquals("one", bobsOld.receiveJson().get("content").asText());
        assertEquals("two", bobsOld.receiveJson().get("content").asText());
        bobsOld.assertSilent();
    }

    @Test
    void nobodyReadsTheMailOfOthers() {
        chat.user("eve").connect(TOPICS).assertCannotSubscribe("private:bob", "unauthorized");
    }

    @Test
    void aNameWithColonsHasMailToo() {
        TestPage ann = TestPage.in("private:a%3An%25n", chat.user("a:n%n").connect(TOPICS));
        mail("bob").send("write", "{'to':'a:n%n','content':'psst'}");

        assertEquals(List.of("private {'from':'bob','content':'psst'}"), ann.told("private"));
    }

    @Test
    void whoWasNeverHereCannotBeWrittenTo() {
        TestPage ann = mail("ann");

        ann.send("write", "{'to':'nobody','content':'psst'}");

        assertTrue(ann.told("error").get(0).contains("'reason':'unknown_user'"));
    }

    private TestPage mail(String user) {
        return TestPage.in("private:" + user, chat.user(user).connect(TOPICS));
    }
}
