package io.channelbox.asyncapi;

import java.util.HashSet;
import java.util.Set;

/** Names for the parts of a document: of letters, digits, dots, hyphens and underscores, and each one given once. */
final class FreeNames {

    private final Set<String> given = new HashSet<>();

    /** Returns a name like this, with a number behind if it is not the first. */
    String like(String wanted) {
        String name = wanted.replaceAll("[^A-Za-z0-9._-]+", "_");
        String free = name;
        for (int i = 2; !given.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Returns a name like a path or the pattern of a topic, {@code ws.chat.room_id}. */
    String likeAddress(String address) {
        String name = address.replaceAll("[{}]", "").replaceAll("[/:]+", ".").replaceAll("^\\.|\\.$", "");
        return like(name.isEmpty() ? "root" : name);
    }
}
