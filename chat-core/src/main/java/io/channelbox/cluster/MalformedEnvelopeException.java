package io.channelbox.cluster;

/** Bytes came that no node of ours can have sent, or one of a release that is too new. */
public final class MalformedEnvelopeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedEnvelopeException(String text) {
        super(text);
    }

    MalformedEnvelopeException(String text, Throwable cause) {
        super(text, cause);
    }
}
