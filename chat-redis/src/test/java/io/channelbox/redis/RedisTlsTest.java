package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.UnreachableException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A Redis that wants TLS, a certificate and a password, and what is said to whoever does not know. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTlsTest {

    private static final String PASSWORD = "a-secret";

    private final int plainPort = SharedRedis.freePort();
    private final int port = SharedRedis.freePort();
    private final SelfSigned servers;
    private final SelfSigned clients;
    private final SelfSigned strangers;
    private final RedisServer redis;

    RedisTlsTest(@TempDir Path folder) throws Exception {
        servers = SelfSigned.forHost("ip:127.0.0.1", folder);
        clients = SelfSigned.forHost("dns:client", folder);
        strangers = SelfSigned.forHost("dns:stranger", folder);
        redis = SharedRedis.start(
                plainPort,
                "requirepass " + PASSWORD,
                "tls-port " + port,
                "tls-cert-file " + servers.certificate(),
                "tls-key-file " + servers.key(),
                "tls-ca-cert-file " + clients.certificate());
    }

    @AfterAll
    void stop() {
        redis.stop();
    }

    private RedisChat.Builder at(String host) {
        return RedisChat.builder("rediss://default:" + PASSWORD + "@" + host + ":" + port);
    }

    private RedisChat.Builder known() {
        return at("127.0.0.1").clientCertificate(clients.certificate(), clients.key());
    }

    @Test
    void whoTrustsItAndIsTrustedSpeaksWithOthersOverTls() {
        try (ChatNode one = ChatNode.on(known().trustedCertificates(servers.certificate()));
                ChatNode two = ChatNode.on(known().trustedCertificates(servers.certificate()))) {
            ChatPeer bob = two.enter("bob");

            one.enter("ann").say("hello");

            assertEquals(List.of("hello"), bob.awaitTexts(1));
            assertTrue(two.health().healthy());
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsSaidToBeTheReason() {
        assertRefused(known(), "trustedCertificates(pem)");
        assertRefused(known().trustedCertificates(strangers.certificate()), "trustedCertificates(pem)");
    }

    @Test
    void aCertificateForAnotherHostIsSaidToBeTheReason() {
        RedisChat.Builder elsewhere = at("localhost")
                .clientCertificate(clients.certificate(), clients.key())
                .trustedCertificates(servers.certificate());

        assertRefused(elsewhere, "must be for this host");
    }

    @Test
    void whoShowsNoCertificateOrAStrangeOneIsToldSo() {
        assertRefused(at("127.0.0.1").trustedCertificates(servers.certificate()), "clientCertificate(chain, key)");
        assertRefused(
                at("127.0.0.1")
                        .trustedCertificates(servers.certificate())
                        .clientCertificate(strangers.certificate(), strangers.key()),
                "clientCertificate(chain, key)");
    }

    @Test
    void whereNoTlsIsSpokenThatIsSaid() {
        assertRefused(RedisChat.builder("rediss://default:" + PASSWORD + "@127.0.0.1:" + plainPort), "redis://");
    }

    private static void assertRefused(RedisChat.Builder redis, String cure) {
        UnreachableException refused = assertThrows(UnreachableException.class, redis::connect);

        assertTrue(refused.toString().contains("TLS"), refused::toString);
        assertTrue(refused.toString().contains(cure), refused::toString);
        assertFalse(refused.toString().contains(PASSWORD), refused::toString);
    }

    @Test
    void certificatesWithoutTlsAreRefused() {
        RedisChat.Builder plain =
                RedisChat.builder("redis://127.0.0.1:" + plainPort).trustedCertificates(servers.certificate());

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, plain::connect);

        assertTrue(refused.toString().contains("rediss://"), refused::toString);
    }

    @Test
    void aFileThatIsNotThereIsRefusedAtOnce() {
        Path nothing = Path.of("no-such.pem");

        assertThrows(IllegalArgumentException.class, () -> known().trustedCertificates(nothing));
        assertThrows(IllegalArgumentException.class, () -> known().clientCertificate(clients.certificate(), nothing));
    }
}
