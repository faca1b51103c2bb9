package io.channelbox.examples.typed;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name that somebody chose: letters and digits, with points, hyphens, apostrophes and single spaces in between. */
record Username(String value) {

    private static final Pattern FIT =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:[ ._'-][\\p{L}\\p{M}\\p{N}]+)*");
    private static final int LONGEST = 40;

    /** Refuses what is no such name. */
    Username {
        if (value.length() > LONGEST || !FIT.matcher(value).matches()) {
            throw new IllegalArgumentException("not a name: '" + value + "'");
        }
    }

    /** Returns the name that somebody wrote, in the one form in which names are kept; empty when it is none. */
    static Optional<Username> of(String written) {
        String name = Normalizer.normalize(written.strip(), Normalizer.Form.NFC);
        return name.length() <= LONGEST && FIT.matcher(name).matches()
                ? Optional.of(new Username(name))
                : Optional.empty();
    }
}
