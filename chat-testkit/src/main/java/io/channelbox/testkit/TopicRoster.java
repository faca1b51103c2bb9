package io.channelbox.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is in a topic, and who is typing there, as its diffs tell it. */
final class TopicRoster {

    private static final long UNKNOWN = -1;
    private static final long REFUSED = -2;

    private final Map<String, Map<String, Object>> members = new LinkedHashMap<>();
    private final Set<String> typers = new TreeSet<>();
    private long version = UNKNOWN;

    /** Applies a state or a diff; false when a diff before it is missing. */
    boolean apply(String type, Map<String, Object> payload) {
        long next = payload.get("version") instanceof Number number ? number.longValue() : 0;
        if (type.equals("presence_state")) {
            members.clear();
            put(payload.get("members"));
        } else if (version == UNKNOWN || next <= version) {
            return true;
        } else if (version == REFUSED || next > version + 1) {
            version = UNKNOWN;
            return false;
        } else {
            put(payload.get("joins"));
            put(payload.get("updates"));
            if (payload.get("leaves") instanceof List<?> leaves) {
                leaves.forEach(members::remove);
            }
            if (Boolean.TRUE.equals(payload.get("reduced"))) {
                members.clear();
            }
        }
        version = next;
        return true;
    }

    /** The question after the members was refused: it is asked again at the next diff. */
    void refused() {
        version = version == UNKNOWN ? REFUSED : version;
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    private void put(@Nullable Object added) {
        if (added instanceof List<?> list) {
            for (Object each : list) {
                var member = (Map<String, Object>) each;
                members.put(String.valueOf(member.get("id")), member);
            }
        }
    }

    void typing(Map<String, Object> payload) {
        String user = String.valueOf(payload.get("user"));
        if (Boolean.TRUE.equals(payload.get("typing"))) {
            typers.add(user);
        } else {
            typers.remove(user);
        }
    }

    void interrupted() {
        typers.clear();
    }

    Map<String, Map<String, Object>> members() {
        return new LinkedHashMap<>(members);
    }

    Set<String> typers() {
        return new TreeSet<>(typers);
    }
}
