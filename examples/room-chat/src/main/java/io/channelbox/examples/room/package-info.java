/**
 * Rooms, presence and private messages, for a page that speaks the library's topics, and in the frames of two older chats so that
 * their clients can go on using it. Start with {@link io.channelbox.examples.room.RoomChat}, then read {@code Sockets},
 * {@code RoomTopic} for the page, and {@code RoomConsumer} for the others.
 */
@NullMarked
package io.channelbox.examples.room;

import org.jspecify.annotations.NullMarked;
