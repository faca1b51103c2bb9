/**
 * Rooms with members, messages as records, and a history on disk, in the frames of an older chat so that its client can go on
 * using it. Start with {@link io.channelbox.examples.typed.TypedChat}, then read {@code RoomConsumer}.
 */
@NullMarked
package io.channelbox.examples.typed;

import org.jspecify.annotations.NullMarked;
