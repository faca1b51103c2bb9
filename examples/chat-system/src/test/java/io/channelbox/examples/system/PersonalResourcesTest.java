package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.assertRefused;
import static io.channelbox.examples.system.ChatRequests.assertWrong;
import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.ok;
import static io.channelbox.examples.system.ChatRequests.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What members find, keep, pass on, set for themselves and are given. Groups are Ann's, with Bob in them; Cid is a stranger. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class PersonalResourcesTest {

    private RunningChat program;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        program = RunningChat.in(folder);
        ann = ChatClient.login(program.port(), "ann");
        bob = ChatClient.login(program.port(), "bob");
        cid = ChatClient.login(program.port(), "cid");
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    void whatWasSaidIsFoundInPagesByThoseWhoAreThere() throws Exception {
        long id = group(ann, "bob");
        long first = say(ann, id, "the blue whale");
        long second = say(bob, id, "whale songs");

        JsonNode page = ok(bob.get("/search?q=whale&limit=1&conversation_id=" + id));
        JsonNode next = ok(bob.get("/search?q=whale&conversation_id=%d&before_id=%d"
                .formatted(id, page.path("next").asLong())));

        assertEquals(second, page.at("/hits/0/message/id").asLong());
        assertEquals("[{\"start\":0,\"end\":5}]", page.at("/hits/0/highlights").toString());
        assertEquals(first, next.at("/hits/0/message/id").asLong());
        assertTrue(next.path("next").isNull());
        assertEquals(1, ok(bob.get("/search?q=whale&author=ann")).path("hits").size());
        assertEquals(0, ok(cid.get("/search?q=whale")).path("hits").size());
        assertRefused(cid.get("/search?q=whale&conversation_id=" + id));
        assertWrong("query q", bob.get("/search?q=%21%21"));
        assertWrong("query q", bob.get("/search"));
        assertWrong("query conversation_id", bob.get("/search?q=whale&conversation_id=0"));
    }

    @Test
    void aMessageIsKeptAtHandUntilItIsNot() throws Exception {
        long id = group(ann, "bob");
        long message = say(bob, id, "rules");
        String pin = "/messages/" + message + "/pin";

        assertTrue(ok(ann.post(pin, "")).path("success").asBoolean());
        assertFalse(ok(ann.post(pin, "")).path("success").asBoolean());

        JsonNode pins = ok(bob.get("/conversations/" + id + "/pins"));
        assertEquals("rules", pins.at("/0/message/content").asText());
        assertEquals("ann", pins.at("/0/pinned_by").asText());
        assertRefused(bob.delete(pin));
        assertRefused(cid.post(pin, ""));
        assertRefused(cid.get("/conversations/" + id + "/pins"));
        assertWrong("path message_id", ann.post("/messages/0/pin", ""));
        assertTrue(ok(ann.delete(pin)).path("success").asBoolean());
        assertEquals(0, ok(bob.get("/conversations/" + id + "/pins")).size());
    }

    @Test
    void fiftyMessagesArePinnedAndNoMore() throws Exception {
        long id = group(ann, "bob");
        for (int i = 0; i < 50; i++) {
            ok(ann.post("/messages/" + say(ann, id, "rule " + i) + "/pin", ""));
        }

        assertEquals(
                409,
                ann.post("/messages/" + say(ann, id, "one more") + "/pin", "").status());
    }

    @Test
    void aMessageIsForwardedOnceByWhoReadsItToWhereTheySpeak() throws Exception {
        long from = group(ann, "bob");
        long to = group(ann, "cid");
        long message = say(bob, from, "news");
        String forward = "/messages/" + message + "/forward";
        String body = "{\"conversation_id\":%d,\"client_id\":\"f1\"}".formatted(to);

        JsonNode forwarded = ok(ann.post(forward, body));
        JsonNode again = ok(ann.post(forward, body));

        assertEquals("news", forwarded.path("content").asText());
        assertEquals("Bob", forwarded.at("/forwarded_from/username").asText());
        assertEquals(forwarded.path("id"), again.path("id"));
        assertRefused(bob.post(forward, body));
        assertRefused(cid.post(forward, body));
        assertWrong("body conversation_id", ann.post(forward, "{}"));
    }

    @Test
    void aConversationIsQuietAndPutAwayForOneselfOnly() throws Exception {
        long id = group(ann, "bob");
        String settings = "/conversations/" + id + "/settings";

        JsonNode quiet = ok(bob.put(settings, "{\"muted\":true}"));
        JsonNode away = ok(bob.put(settings, "{\"archived\":true}"));

        assertTrue(quiet.path("muted").asBoolean());
        assertFalse(quiet.path("archived").asBoolean());
        assertTrue(away.path("muted").asBoolean() && away.path("archived").asBoolean());
        assertFalse(idsOf(bob.get("/conversations")).contains(id));
        assertTrue(idsOf(bob.get("/conversations?archived=true")).contains(id));
        assertTrue(idsOf(ann.get("/conversations")).contains(id));
        JsonNode seen = ok(bob.get("/conversations/" + id));
        assertTrue(seen.path("archived").asBoolean() && seen.path("muted_until").isTextual());
        JsonNode back = ok(bob.put(settings, "{\"muted\":false,\"archived\":false}"));
        assertEquals("{\"muted\":false,\"muted_until\":null,\"archived\":false}", back.toString());
        JsonNode until = ok(bob.put(settings, "{\"muted_until\":\"2150-01-01T00:00:00Z\"}"));
        assertEquals("2150-01-01T00:00:00Z", until.path("muted_until").asText());
        assertWrong("body muted_until", bob.put(settings, "{\"muted_until\":\"2020-01-01T00:00:00Z\"}"));
        assertRefused(cid.put(settings, "{\"muted\":true}"));
    }

    private static List<Long> idsOf(Answer list) {
        var ids = new ArrayList<Long>();
        ok(list).forEach(each -> ids.add(each.path("id").asLong()));
        return ids;
    }

    @Test
    void aDirectConversationNamesTheOtherOne() throws Exception {
        long id = ok(ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hello @bob\"}"))
                .path("id")
                .asLong();

        JsonNode seenByBob = rowOf(bob.get("/conversations"), id);
        JsonNode seenByAnn = ok(ann.get("/conversations/" + id));

        assertEquals(
                "{\"user_id\":\"ann\",\"username\":\"Ann\",\"user_avatar\":null}",
                seenByBob.path("partner").toString());
        assertEquals(1, seenByBob.path("mentions").asInt());
        assertEquals("Bob", seenByAnn.at("/partner/username").asText());
        long group = group(ann, "bob");
        assertTrue(rowOf(ann.get("/conversations"), group).path("partner").isNull());
    }

    private static JsonNode rowOf(Answer list, long id) {
        for (JsonNode each : ok(list)) {
            if (each.path("id").asLong() == id) {
                return each;
            }
        }
        throw new AssertionError("not listed: " + id);
    }

    @Test
    void whoHasTheTokenOfAnInvitationComesIn() throws Exception {
        long id = group(ann, "bob");
        String invitations = "/conversations/" + id + "/invitations";

        JsonNode issued = ok(ann.post(invitations, "{\"uses\":1}"));
        String token = "{\"token\":\"%s\"}".formatted(issued.path("token").asText());
        JsonNode joined = ok(cid.post("/invitations/accept", token));

        assertEquals(id, joined.path("id").asLong());
        assertEquals(3, joined.path("participant_count").asInt());
        assertEquals(0, ok(ann.get(invitations)).size());
        long other = ok(ann.post(invitations, "{\"ends_at\":\"2150-01-01T00:00:00Z\"}"))
                .path("id")
                .asLong();
        JsonNode listed = ok(ann.get(invitations)).path(0);
        assertEquals(other, listed.path("id").asLong());
        assertTrue(listed.path("token").isMissingNode());
        assertRefused(bob.post(invitations, "{}"));
        assertRefused(bob.get(invitations));
        assertRefused(bob.delete(invitations + "/" + other));
        assertTrue(ok(ann.delete(invitations + "/" + other)).path("success").asBoolean());
        assertRefused(cid.post("/invitations/accept", "{\"token\":\"wrong\"}"));
        assertWrong("body token", cid.post("/invitations/accept", "{}"));
        assertWrong("body uses", ann.post(invitations, "{\"uses\":0}"));
        assertWrong("body ends_at", ann.post(invitations, "{\"ends_at\":\"2020-01-01T00:00:00Z\"}"));
        assertWrong("path invitation", ann.delete(invitations + "/0"));
    }

    @Test
    void aConversationShowsHowMuchWasSaidByDay() throws Exception {
        long id = group(ann, "bob");
        say(ann, id, "one");
        say(bob, id, "two");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String period = "/conversations/%d/activity?first=%s&last=%s";

        JsonNode days = ok(bob.get(period.formatted(id, today.minusDays(1), today.plusDays(1))));

        assertEquals(2, days.at("/0/messages").asInt());
        assertEquals(2, days.at("/0/authors").asInt());
        assertRefused(cid.get(period.formatted(id, today, today)));
        assertWrong("query last", bob.get(period.formatted(id, today, today.minusDays(1))));
        assertWrong("query first", bob.get(period.formatted(id, "today", today)));
    }

    @Test
    void aDigestTellsWhatWasMissed() throws Exception {
        long id = group(ann, "bob");
        say(ann, id, "look, @bob");

        JsonNode missed = ok(bob.get("/users/me/digest?since=2020-01-01T00:00:00Z&limit=1"));

        assertEquals(id, missed.at("/0/conversation/id").asLong());
        assertEquals(1, missed.at("/0/conversation/unread_count").asInt());
        assertEquals("look, @bob", missed.at("/0/newest/0/content").asText());
        assertEquals(
                0, ok(bob.get("/users/me/digest?since=2150-01-01T00:00:00Z")).size());
        assertWrong("query since", bob.get("/users/me/digest?since=yesterday"));
    }
}
