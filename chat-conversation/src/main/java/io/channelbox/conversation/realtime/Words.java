package io.channelbox.conversation.realtime;

import java.util.Locale;

/** How constants are written. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
