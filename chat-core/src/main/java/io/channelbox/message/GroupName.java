package io.channelbox.message;

import java.util.Objects;

/**
 * The name of a group: any text of 1 to {@value #LONGEST} characters without control characters. A name may have a kind,
 * {@code kind:id}, and what is declared for the kind (such as how much history is kept) then holds for the group.
 *
 * <p>Names that begin with {@code $} belong to the library, so that a name that comes from a peer can never reach another
 * user's inbox.
 */
public final class GroupName implements Comparable<GroupName> {

    /** The largest number of characters a name may have. */
    public static final int LONGEST = 250;

    /** The kind of all inboxes. */
    public static final String INBOX_KIND = "$inbox";

    private final String value;

    private GroupName(String value) {
        this.value = value;
    }

    /**
     * Returns the name with this text. What stands before the first colon is its kind.
     *
     * @throws IllegalArgumentException when the text is empty, too long, holds control characters, or begins with {@code $}
     */
    public static GroupName of(String value) {
        Names.check("a group name", value, LONGEST);
        if (value.charAt(0) == '$') {
            throw new IllegalArgumentException("a group name must not begin with '$': those are the library's own");
        }
        return new GroupName(value);
    }

    /**
     * Returns the name {@code kind:id}.
     *
     * @throws IllegalArgumentException when the kind is empty or holds a colon, or the name is refused by {@link #of(String)}
     */
    public static GroupName of(String kind, String id) {
        Objects.requireNonNull(kind, "kind");
        if (kind.isEmpty() || kind.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a kind of group must not be empty or hold a colon, was '" + kind + "'");
        }
        return of(kind + ':' + Names.check("a group id", id, LONGEST));
    }

    /** Returns the reserved name of the group that all connections of a user belong to. */
    public static GroupName inboxOf(UserId user) {
        Objects.requireNonNull(user, "user");
        return new GroupName(INBOX_KIND + ':' + user.value());
    }

    /** Returns what stands before the first colon, or an empty text when there is none. */
    public String kind() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(0, colon);
    }

    /** Returns what stands behind the kind: the whole name when it has no kind. */
    public String id() {
        return value.substring(value.indexOf(':') + 1);
    }

    /** Tells whether this is a user's inbox. */
    public boolean isInbox() {
        return value.startsWith(INBOX_KIND);
    }

    /** Returns the whole name. */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(GroupName other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
