package io.channelbox.examples.typed;

import io.channelbox.message.GroupName;

/** A room. Its id stands in addresses, its name is what people read. */
record Room(String id, String name) {

    /** The kind of the rooms' groups, and what the names of their topics begin with. */
    static final String KIND = "room";

    /** Returns the name of everyone in the room together, and so of its topic: {@code room:lobby}. */
    GroupName group() {
        return GroupName.of(KIND, id);
    }
}
