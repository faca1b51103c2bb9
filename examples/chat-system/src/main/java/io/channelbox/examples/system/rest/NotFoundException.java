package io.channelbox.examples.system.rest;

/** There is no such thing, or it is not theirs: whoever asks does not learn which. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one with the text that whoever asked is told. */
    NotFoundException(String text) {
        super(text, null, false, false);
    }
}
