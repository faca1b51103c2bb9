package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Answer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tests of resources ask for again and again. */
final class ChatRequests {

    private ChatRequests() {}

    static JsonNode ok(Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    /** Expects that something is wrong in this place only, such as {@code body reason}. */
    static void assertWrong(String place, Answer answer) {
        assertEquals(422, answer.status(), () -> answer.body().toString());
        List<String> places = answer.body().path("detail").findValues("loc").stream()
                .map(loc -> loc.path(0).asText() + " " + loc.path(1).asText())
                .toList();
        assertEquals(List.of(place), places);
    }

    static void assertRefused(Answer answer) {
        assertEquals(403, answer.status(), () -> answer.body().toString());
        assertEquals(
                "Not a participant, or not allowed",
                answer.body().path("detail").asText());
    }

    /** Returns a group of its owner and somebody else. */
    static long group(ChatClient owner, String... members) throws Exception {
        String body = "{\"conversation_type\":\"group\",\"name\":\"Group\",\"participant_ids\":[%s]}";
        String ids = Stream.of(members).map(each -> '"' + each + '"').collect(Collectors.joining(","));
        return ok(owner.post("/conversations", body.formatted(ids))).path("id").asLong();
    }

    static long say(ChatClient speaker, long conversation, String content) throws Exception {
        return ok(trySaying(speaker, conversation, content)).path("id").asLong();
    }

    static Answer trySaying(ChatClient speaker, long conversation, String content) throws Exception {
        return speaker.post(
                "/messages", "{\"conversation_id\":%d,\"content\":\"%s\"}".formatted(conversation, content));
    }
}
