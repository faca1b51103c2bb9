package io.channelbox.codec;

/** How the fields of records are called on the wire. The keys of maps are never changed, nor are names given by an annotation. */
public enum Naming {
    /** As they are in Java: {@code roomName}. */
    CAMEL_CASE,
    /** {@code room_name}. */
    SNAKE_CASE
}
