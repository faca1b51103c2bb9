package io.channelbox.codec;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.channelbox.message.PeerException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON that is well-formed and of the wrong shape: says where, and nothing of our classes. */
final class Misfit {

    private Misfit() {}

    static PeerException of(JsonMappingException e) {
        if (e.getCause() instanceof PeerException refused) {
            return refused;
        }
        String path = path(e);
        if (path.isEmpty() || isBroken(e.getCause())) {
            return new PeerException(PeerException.MALFORMED, "the frame is not the JSON that is read here", e);
        }
        return new PeerException(PeerException.INVALID, "the value at '" + path + "' is not one that is read here", e);
    }

    /** Returns where reading stopped, as in {@code items[2].name}. */
    static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** Tells whether reading stopped because this is no JSON, and not at a value that does not fit. */
    static boolean isBroken(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof JsonMappingException)
                && !(cause instanceof InputCoercionException);
    }
}
