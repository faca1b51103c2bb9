package io.channelbox.testkit;

import io.channelbox.auth.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Someone who connects, any number of times: each client is a device of theirs. */
public final class TestUser {

    private final TestChat chat;
    private final Optional<User> user;
    private final Map<String, List<String>> headers;

    TestUser(TestChat chat, Optional<User> user) {
        this(chat, user, Map.of());
    }

    private TestUser(TestChat chat, Optional<User> user, Map<String, List<String>> headers) {
        this.chat = chat;
        this.user = user;
        this.headers = headers;
    }

    /** Returns the same user, whose handshakes have one more header. */
    public TestUser withHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, values);
        return new TestUser(chat, user, more);
    }

    /**
     * Connects to a path, which may have a query. A refusal is no failure: ask the client.
     *
     * @see TestClient#refusal()
     */
    public TestClient connect(String pathAndQuery) {
        return chat.connect(user, pathAndQuery, headers);
    }
}
