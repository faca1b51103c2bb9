package io.channelbox.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script, and the name that Redis knows it by. */
final class Script {

    private final byte[] text;
    private final String digest;

    private Script(byte[] text) {
        this.text = text;
        this.digest = digest(text);
    }

    /** Returns the script made of these parts, which lie beside this class. */
    static Script of(String... parts) {
        var whole = new ByteArrayOutputStream();
        for (String part : parts) {
            whole.writeBytes(read(part));
        }
        return new Script(whole.toByteArray());
    }

    private static byte[] read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no script " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + name + " could not be read", e);
        }
    }

    private static String digest(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-1, which names scripts", e);
        }
    }

    byte[] text() {
        return text;
    }

    String digest() {
        return digest;
    }
}
