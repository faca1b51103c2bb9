package io.channelbox.conversation;

import java.util.Objects;
import java.util.Optional;

/**
 * What a group conversation is called, and for whom it is.
 *
 * @param name of 1 to 100 characters
 * @param description of up to 1,000 characters
 * @param avatar where its picture is, up to 2,000 characters
 * @param category of up to 100 characters, under which it is listed
 */
public record GroupDetails(
        String name,
        Optional<String> description,
        Optional<String> avatar,
        Visibility visibility,
        Optional<String> category) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LONGEST_URL = 2_000;

    /**
     * Refuses what is missing, empty or too long.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public GroupDetails {
        name = Texts.line("name", Objects.requireNonNull(name, "name"), LONGEST_NAME);
        description = description.map(text -> Texts.text("description", text, LONGEST_DESCRIPTION));
        avatar = avatar.map(url -> Texts.address("avatar", url, LONGEST_URL));
        Objects.requireNonNull(visibility, "visibility");
        category = category.map(GroupDetails::checkedCategory);
    }

    static String checkedCategory(String text) {
        return Texts.line("category", text, LONGEST_NAME);
    }

    /** Returns the details of a private group of this name. */
    public static GroupDetails named(String name) {
        return new GroupDetails(name, Optional.empty(), Optional.empty(), Visibility.PRIVATE, Optional.empty());
    }

    /** Returns the same, with this description. */
    public GroupDetails describedAs(String text) {
        return new GroupDetails(name, Optional.of(text), avatar, visibility, category);
    }

    /** Returns the same, with a picture there. */
    public GroupDetails withAvatar(String url) {
        return new GroupDetails(name, description, Optional.of(url), visibility, category);
    }

    /** Returns the same, for everybody to find and join. */
    public GroupDetails open() {
        return new GroupDetails(name, description, avatar, Visibility.PUBLIC, category);
    }

    /** Returns the same, listed under this category. */
    public GroupDetails in(String listed) {
        return new GroupDetails(name, description, avatar, visibility, Optional.of(listed));
    }
}
