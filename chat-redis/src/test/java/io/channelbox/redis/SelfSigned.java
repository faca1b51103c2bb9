package io.channelbox.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A certificate that is its own authority, made by the JDK's keytool.
 *
 * @param certificate its file, in PEM
 * @param key the file of its key, in PEM
 */
record SelfSigned(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** Makes one for a host, such as {@code ip:127.0.0.1}. */
    static SelfSigned forHost(String host, Path folder) throws IOException, InterruptedException {
        Path store = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool")
                .toAbsolutePath()
                .toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool ended with " + made.exitValue());
        }
        return written(store);
    }

    private static SelfSigned written(Path store) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate("own").getEncoded();
            byte[] key = Objects.requireNonNull(keys.getKey("own", PASSWORD.toCharArray()))
                    .getEncoded();
            return new SelfSigned(
                    pem(store.resolveSibling("cert.pem"), "CERTIFICATE", certificate),
                    pem(store.resolveSibling("key.pem"), "PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
