package io.channelbox.examples.system.uploads;

import io.channelbox.conversation.ConversationId;
import io.channelbox.message.UserId;

/**
 * A picture or file that somebody has uploaded to a conversation.
 *
 * @param id a long random text, by which nobody finds another one
 * @param name as its owner called it; no part of where it is kept
 * @param contentType what its beginning shows it to be
 */
public record Upload(String id, String user, long conversation, String name, String contentType, long size) {

    /** Under which uploads are served. */
    public static final String PATH = "/api/v1/chat/uploads/";

    /** Returns where it is served. */
    public String url() {
        return PATH + id;
    }

    /** Tells whether it is this user's. */
    public boolean isBy(UserId other) {
        return user.equals(other.value());
    }

    /** Tells whether it belongs to this conversation. */
    public boolean isIn(ConversationId other) {
        return conversation == other.value();
    }
}
