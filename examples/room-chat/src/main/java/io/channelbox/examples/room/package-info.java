/**
 * Rooms, presence and private messages, in the frames of two older chats so that their clients can go on using it. Start with
 * {@link io.channelbox.examples.room.RoomChat}, then read {@code RoomConsumer}.
 */
@NullMarked
package io.channelbox.examples.room;

import org.jspecify.annotations.NullMarked;
