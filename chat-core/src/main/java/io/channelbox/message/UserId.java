package io.channelbox.message;

/**
 * Who someone is, whatever number of devices they use: any text of 1 to {@value #LONGEST} characters without control
 * or invisible characters. Two ids are the same user only when they are equal to the letter.
 */
public record UserId(String value) implements Comparable<UserId> {

    /** The largest number of characters an id may have. */
    public static final int LONGEST = 200;

    /** Refuses an id that is empty, too long or holds control characters. */
    public UserId {
        Names.check("a user id", value, LONGEST);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
