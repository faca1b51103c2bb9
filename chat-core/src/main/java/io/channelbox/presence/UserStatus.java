package io.channelbox.presence;

import io.channelbox.message.PeerException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user has said of themselves. It holds for all devices, until it is said otherwise or the user has left everywhere.
 *
 * @param status {@link PresenceStatus#ONLINE} leaves it to what the devices do
 * @param text what others read beside it, 1 to {@value #LONGEST_TEXT} characters without control characters
 */
public record UserStatus(PresenceStatus status, Optional<String> text) {

    /** The largest number of characters a text may have. */
    public static final int LONGEST_TEXT = 140;

    /** Nothing was said: the devices decide. */
    public static final UserStatus AUTOMATIC = new UserStatus(PresenceStatus.ONLINE, Optional.empty());

    /** Refuses {@link PresenceStatus#OFFLINE}, and texts that are too long or hold control characters; a blank text is none. */
    public UserStatus {
        if (Objects.requireNonNull(status, "status") == PresenceStatus.OFFLINE) {
            throw PeerException.invalid("status must be online, away or busy");
        }
        text = text.map(String::strip).filter(each -> !each.isEmpty());
        text.ifPresent(UserStatus::check);
    }

    private static void check(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
            throw PeerException.invalid("text must have at most " + LONGEST_TEXT + " characters");
        }
        if (text.codePoints().anyMatch(UserStatus::isUnseen)) {
            throw PeerException.invalid("text must not hold control characters or broken Unicode");
        }
    }

    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || isOverride(character);
    }

    /** Turns the direction of what follows, which may be somebody else's text. */
    private static boolean isOverride(int character) {
        return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    }
}
