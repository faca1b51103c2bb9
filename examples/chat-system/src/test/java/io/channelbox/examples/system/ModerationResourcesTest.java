package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.assertRefused;
import static io.channelbox.examples.system.ChatRequests.assertWrong;
import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.ok;
import static io.channelbox.examples.system.ChatRequests.say;
import static io.channelbox.examples.system.ChatRequests.trySaying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Admins keep their groups civil, and moderators all of them: here Ann, as in every demo. Groups are Bob's, with Cid in them. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ModerationResourcesTest {

    private RunningChat program;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        program = RunningChat.in(folder, "--chat.words=darn");
        ann = ChatClient.login(program.port(), "ann");
        bob = ChatClient.login(program.port(), "bob");
        cid = ChatClient.login(program.port(), "cid");
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    void oneKnowsWhetherOneModerates() throws Exception {
        assertTrue(ok(ann.get("/users/me")).path("is_moderator").asBoolean());
        assertFalse(ok(bob.get("/users/me")).path("is_moderator").asBoolean());
    }

    @Test
    void aVoiceIsTakenForATimeAndGivenBack() throws Exception {
        long id = group(bob, "cid");
        String voice = "/conversations/" + id + "/participants/cid/voice";

        JsonNode muted = ok(bob.put(voice, "{\"muted\":true,\"seconds\":600,\"reason\":\"shouting\"}"));

        assertTrue(muted.path("is_muted").asBoolean());
        assertTrue(muted.path("muted_until").isTextual());
        assertEquals(403, trySaying(cid, id, "mmm").status());
        assertFalse(ok(bob.put(voice, "{\"muted\":false}")).path("is_muted").asBoolean());
        say(cid, id, "at last");
        assertRefused(cid.put("/conversations/" + id + "/participants/bob/voice", "{\"muted\":true}"));
        assertWrong("body seconds", bob.put(voice, "{\"muted\":true,\"seconds\":0}"));
        assertWrong("body seconds", bob.put(voice, "{\"muted\":false,\"seconds\":5}"));
        assertWrong("body muted", bob.put(voice, "{}"));
    }

    @Test
    void whoIsKickedMayComeBackAndWhoIsBannedNot() throws Exception {
        long id = group(bob, "cid");
        String people = "/conversations/" + id + "/participants";
        String ban = "/conversations/" + id + "/bans/cid";

        ok(bob.post(people + "/cid/kick", "{\"reason\":\"spam\"}"));
        ok(bob.post(people, "{\"user_id\":\"cid\"}"));
        JsonNode banned = ok(bob.put(ban, "{\"seconds\":600,\"reason\":\"more spam\"}"));

        assertEquals("cid", banned.path("user_id").asText());
        assertTrue(banned.path("holds").asBoolean());
        assertRefused(cid.get(people));
        Answer added = bob.post(people, "{\"user_id\":\"cid\"}");
        assertEquals(403, added.status(), added.body()::toString);
        JsonNode bans = ok(bob.get("/conversations/" + id + "/bans"));
        assertEquals(List.of("more spam"), bans.findValuesAsText("reason"));
        long number = bans.at("/0/id").asLong();
        assertEquals(
                0,
                ok(bob.get("/conversations/" + id + "/bans?before=" + number)).size());
        assertEquals(0, ok(cid.get("/groups")).size());
        assertTrue(ok(bob.delete(ban + "?reason=said%20sorry")).path("success").asBoolean());
        assertEquals(
                "said sorry",
                ok(bob.get("/conversations/" + id + "/audit?limit=1"))
                        .at("/0/reason")
                        .asText());
        assertFalse(ok(bob.delete(ban)).path("success").asBoolean());
        ok(bob.post(people, "{\"user_id\":\"cid\"}"));
        assertRefused(cid.put("/conversations/" + id + "/bans/bob", "{}"));
        assertRefused(cid.get("/conversations/" + id + "/bans"));
        assertRefused(cid.post(people + "/bob/kick", ""));
        assertWrong("body seconds", bob.put(ban, "{\"seconds\":-1}"));
    }

    @Test
    void noModeratorTakesOutWhoOwnsAGroup() throws Exception {
        long id = group(bob, "cid");

        assertEquals(
                409,
                ann.post("/conversations/" + id + "/participants/bob/kick", "").status());
    }

    @Test
    void membersWaitInSlowModeAndAreSilentInAFrozenGroup() throws Exception {
        long id = group(bob, "cid");
        String limits = "/conversations/" + id + "/limits";

        JsonNode slow = ok(bob.put(limits, "{\"slow_mode_seconds\":30,\"reason\":\"calm down\"}"));
        say(cid, id, "one");
        Answer early = trySaying(cid, id, "two");
        JsonNode frozen = ok(ann.put(limits, "{\"frozen\":true,\"slow_mode_seconds\":0}"));

        assertEquals("{\"slow_mode_seconds\":30,\"frozen\":false}", slow.toString());
        assertEquals(429, early.status());
        long wait = Long.parseLong(early.header("Retry-After"));
        assertTrue(wait >= 1 && wait <= 30, () -> "wait " + wait);
        assertEquals("{\"slow_mode_seconds\":0,\"frozen\":true}", frozen.toString());
        assertEquals(403, trySaying(cid, id, "three").status());
        assertTrue(ok(cid.get("/conversations/" + id)).path("is_frozen").asBoolean());
        ok(bob.put(limits, "{\"frozen\":false}"));
        say(cid, id, "four");
        assertRefused(cid.put(limits, "{\"frozen\":true}"));
        assertWrong("body slow_mode_seconds", bob.put(limits, "{}"));
        assertWrong("body slow_mode_seconds", bob.put(limits, "{\"slow_mode_seconds\":90000}"));
    }

    @Test
    void aReportIsReadByThoseWhoModerateAndSettledOnce() throws Exception {
        long id = group(bob, "cid");
        say(bob, id, "before");
        long message = say(cid, id, "buy this");

        ok(bob.post("/messages/" + message + "/report", "{\"reason\":\"spam\",\"text\":\"again\"}"));

        JsonNode open = ok(bob.get("/conversations/" + id + "/reports"));
        assertEquals(List.of("buy this"), open.findValuesAsText("content"));
        String report = "/moderation/reports/" + open.at("/0/id").asLong();
        JsonNode read = ok(ann.get(report));
        assertEquals("again", read.at("/report/text").asText());
        assertEquals(message, read.at("/message/id").asLong());
        assertEquals("before", read.at("/before/0/content").asText());
        assertEquals(List.of("spam"), ok(ann.get("/moderation/reports")).findValuesAsText("reason"));
        assertEquals(
                "resolved",
                ok(bob.post(report + "/resolve", "{\"reason\":\"right\"}"))
                        .path("state")
                        .asText());
        assertEquals(
                "resolved", ok(ann.post(report + "/dismiss", "")).path("state").asText());
        assertEquals(0, ok(bob.get("/conversations/" + id + "/reports")).size());
    }

    @Test
    void nobodyElseReadsReports() throws Exception {
        long id = group(bob, "cid");
        long message = say(bob, id, "hello");
        ok(cid.post("/messages/" + message + "/report", "{\"reason\":\"rude\"}"));
        long number =
                ok(ann.get("/conversations/" + id + "/reports")).at("/0/id").asLong();

        assertRefused(cid.get("/moderation/reports/" + number));
        assertRefused(bob.get("/moderation/reports/" + number));
        assertRefused(cid.post("/moderation/reports/" + number + "/dismiss", ""));
        assertRefused(bob.get("/moderation/reports"));
        assertRefused(cid.get("/conversations/" + id + "/reports"));
        assertRefused(ann.post("/messages/" + message + "/report", "{\"reason\":\"rude\"}"));
        assertRefused(ann.get("/moderation/reports/0"));
        assertWrong("body reason", cid.post("/messages/" + message + "/report", "{}"));
        ok(ann.post("/moderation/reports/" + number + "/dismiss", ""));
    }

    @Test
    void whatWasDoneIsInTheAuditLog() throws Exception {
        long id = group(bob, "cid");
        ok(bob.put("/conversations/" + id + "/limits", "{\"slow_mode_seconds\":5}"));
        ok(bob.post("/conversations/" + id + "/participants/cid/kick", "{\"reason\":\"spam\"}"));

        JsonNode log = ok(bob.get("/conversations/" + id + "/audit"));

        assertEquals(List.of("kick", "slow_mode"), log.findValuesAsText("action"));
        assertEquals("spam", log.at("/0/reason").asText());
        assertEquals(5, log.at("/1/slow_mode_seconds").asInt());
        assertEquals(
                1,
                ok(bob.get("/conversations/" + id + "/audit?before=" + log.at("/0/id")))
                        .size());
        assertEquals(
                "kick", ok(ann.get("/moderation/audit?limit=1")).at("/0/action").asText());
        assertRefused(cid.get("/conversations/" + id + "/audit"));
        assertRefused(bob.get("/moderation/audit"));
        assertWrong("query limit", bob.get("/conversations/" + id + "/audit?limit=0"));
        assertWrong("query before", bob.get("/conversations/" + id + "/audit?before=x"));
    }

    @Test
    void aWordThatIsNotWantedIsRefusedInItsPlace() throws Exception {
        long id = group(bob, "cid");

        assertWrong("body content", trySaying(cid, id, "Darn!"));
        say(cid, id, "darning");
    }
}
