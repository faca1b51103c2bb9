package io.channelbox.redis;

import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong with Redis, in words that say what may help. */
final class Failures {

    private static final Map<String, String> CURES = Map.of(
            "NOAUTH", "It wants a password: redis://user:password@host, or credentials(user, password).",
            "WRONGPASS", "The user or the password is wrong.",
            "NOPERM",
                    "The user lacks the right to a command, key or channel: it needs all commands on the prefix, +@all ~prefix:* &prefix:*.",
            "OOM", "Its memory is full: raise maxmemory, or keep less.",
            "READONLY", "It is a replica: give the URI of the master, or that of Sentinel.",
            "MISCONF", "It cannot save to its disk.",
            "MOVED", "It is a Redis Cluster: say cluster(true).",
            "TRYAGAIN", "The slot of the group moves to another Redis; other groups go on.",
            "NOREPLICAS", "It has fewer replicas than min-replicas-to-write.");

    private Failures() {}

    /** Returns the exception for a caller whose command failed. */
    static StoreException of(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof StoreException told) {
            return told;
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException refusal) { // also of the password, when connecting
                return refused(what, refusal);
            }
            if (each instanceof SSLException) {
                return new UnreachableException(what + ": TLS with Redis failed, " + tls(innermost(each)), cause);
            }
        }
        // what is thrown when Sentinels do not answer names another time than that which has passed
        if (cause instanceof TimeoutException || innermost(cause) instanceof RedisCommandTimeoutException) {
            return new UnreachableException(what + ": Redis did not answer in time", cause);
        }
        return new UnreachableException(what + ": Redis cannot be reached, " + innermost(cause), cause);
    }

    /** Returns the exception for a caller for whom Sentinels did not find a master. */
    static StoreException ofSentinel(String where, Throwable failure) {
        String text = String.valueOf(of("Connecting with the master that Sentinel names, " + where, failure)
                .getMessage());
        return new UnreachableException(
                sentence(text)
                        + " What answers there must be a Sentinel that watches this master, and the master must be"
                        + " there; the URI of a Redis itself is redis://host:6379.",
                failure);
    }

    private static String tls(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        if (failure instanceof NotSslRecordException || failure instanceof SslHandshakeTimeoutException) {
            return sentence(said) + " If it speaks none there, give its tls-port, or redis:// for none.";
        }
        if (said.contains("Received fatal alert")) { // later Javas name it before
            return sentence(said) + " If it wants a certificate that it trusts: clientCertificate(chain, key).";
        }
        if (failure instanceof GeneralSecurityException) {
            return sentence(said)
                    + " Its certificate must be for this host, and trusted by the JVM or by trustedCertificates(pem).";
        }
        return said;
    }

    /** Tells whether somebody closed the connection before it was ready, and did not say why. */
    static boolean saysOnlyThatItWasClosed(Throwable failure) {
        return String.valueOf(innermost(failure).getMessage()).contains("closed prematurely");
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static StoreException refused(String what, RedisCommandExecutionException refusal) {
        String said = String.valueOf(refusal.getMessage());
        return switch (code(said)) {
            case "LOADING", "CLUSTERDOWN", "MASTERDOWN" ->
                new UnreachableException(what + ": Redis is not ready: " + said, refusal);
            default -> new StoreException(refusal(what, said), refusal);
        };
    }

    /** Returns what is told to a caller whose command Redis has refused with these words. */
    static String refusal(String what, String said) {
        return what + ": Redis refused it: "
                + (CURES.containsKey(code(said)) ? sentence(said) + ' ' + CURES.get(code(said)) : said);
    }

    private static String code(String said) {
        return said.split(" ", 2)[0];
    }

    /** What others say may end like a sentence, or not. */
    private static String sentence(String said) {
        return said.endsWith(".") ? said : said + '.';
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
