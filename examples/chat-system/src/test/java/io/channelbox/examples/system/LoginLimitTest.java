package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody guesses more than ten passwords of a user a minute from one address, whatever they say of theirs. */
@Timeout(120)
class LoginLimitTest {

    private static final int MOST = 10;

    @TempDir
    Path folder;

    @Test
    void whoInventsAnAddressIsCountedByTheirOwn() throws Exception {
        try (RunningChat program = RunningChat.in(folder)) {
            assertEquals(429, statusAfterManyFrom(program, "203.0.113."));
        }
    }

    @Test
    void behindAProxyThatIsTrustedEachAddressIsCounted() throws Exception {
        try (RunningChat program = RunningChat.in(folder, "--server.forward-headers-strategy=native")) {
            assertEquals(401, statusAfterManyFrom(program, "203.0.113."));
        }
    }

    @Test
    void behindAnotherOneTheAddressIsItsOwn() throws Exception {
        try (RunningChat program = RunningChat.in(
                folder,
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.internal-proxies=10\\.0\\.0\\.1")) {
            assertEquals(429, statusAfterManyFrom(program, "203.0.113."));
        }
    }

    private static int statusAfterManyFrom(RunningChat program, String network) throws IOException {
        String answer = "";
        for (int i = 0; i <= MOST; i++) {
            answer = RawRequest.begin(program.port(), wrongPasswordFrom(network + i));
        }
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 401".length()));
    }

    private static String wrongPasswordFrom(String address) {
        String body = "{\"username\":\"ann\",\"password\":\"guess\"}";
        return "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " + address
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
