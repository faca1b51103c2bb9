package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.message.GroupName;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How keys and channels are named: {@code prefix:kind:{tag}rest}. What has the same tag lies in one slot of a Redis Cluster, so one script
 * may change it together. No two prefixes can meet, as neither they nor kinds hold a brace, and kinds hold no colon.
 */
final class Keys {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private final String prefix;
    // Channels are the same in all databases of a Redis, other than keys.
    private final String channelPrefix;

    Keys(String prefix, int database) {
        this.prefix = checked(prefix) + ':';
        this.channelPrefix = database == 0 ? this.prefix : prefix + '@' + database + ':'; // which no prefix can be
    }

    /** Returns the prefix, and refuses one that cannot be. */
    static String checked(String prefix) {
        if (!PREFIX.matcher(Objects.requireNonNull(prefix, "prefix")).matches()) {
            throw new IllegalArgumentException(
                    "prefix must be 1 to 100 of A-Z a-z 0-9 _ . : - and was '" + prefix + "'");
        }
        return prefix;
    }

    /** Returns a key of a group. */
    byte[] of(String kind, GroupName group) {
        return of(kind, group.value(), "");
    }

    /** Returns a key with a tag, and what tells it from others with the same tag. */
    byte[] of(String kind, String tag, String rest) {
        return (prefix + kind + ":{" + escape(tag) + '}' + rest).getBytes(UTF_8);
    }

    /** Returns the pattern of the keys of a kind. */
    String all(String kind) {
        return prefix + kind + ":{*";
    }

    /** Returns the tag of a key of a kind. */
    String tag(String kind, byte[] key) {
        String text = new String(key, UTF_8);
        return unescape(text.substring((prefix + kind + ":{").length(), text.indexOf('}')));
    }

    /** Returns a channel with a name of its own. */
    byte[] channel(String kind, String name) {
        return (channelPrefix + kind + ":{" + name + '}').getBytes(UTF_8);
    }

    private static String escape(String tag) {
        return tag.indexOf('{') < 0 && tag.indexOf('}') < 0 && tag.indexOf('%') < 0
                ? tag
                : tag.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
    }

    private static String unescape(String tag) {
        return tag.indexOf('%') < 0
                ? tag
                : tag.replace("%7D", "}").replace("%7B", "{").replace("%25", "%");
    }
}
