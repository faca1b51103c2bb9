package io.channelbox.conversation;

import java.util.Objects;

/**
 * A picture or file that belongs to a message. It is kept elsewhere: this says where.
 *
 * @param url of up to 2,000 characters
 * @param name of up to 255 characters, as it was called where it came from
 * @param contentType its media type, of up to 255 characters
 * @param size in bytes, not negative
 */
public record Attachment(String url, String name, String contentType, long size) {

    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_NAME = 255;

    /**
     * Refuses what is missing, empty or too long.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public Attachment {
        url = Texts.address("url", Objects.requireNonNull(url, "url"), LONGEST_URL);
        name = Texts.line("name", Objects.requireNonNull(name, "name"), LONGEST_NAME);
        contentType = Texts.line("content_type", Objects.requireNonNull(contentType, "contentType"), LONGEST_NAME);
        if (size < 0) {
            throw Texts.refusal("size", "must not be negative, was " + size);
        }
    }
}
