package io.channelbox.benchmarks.servers.atmosphere;

import io.channelbox.benchmarks.servers.PlainText;
import org.atmosphere.config.service.ManagedService;
import org.atmosphere.config.service.Message;
import org.atmosphere.cpr.AtmosphereResource;

/** A client is in the room of its path; what is returned is said to all that are in it. */
@ManagedService(path = "/chat/{room}")
public final class Chat {

    /** Relays what is said. Who asks whether it is in its room is answered alone: what is null is relayed to nobody. */
    @Message
    public String say(AtmosphereResource member, String text) {
        if (PlainText.isJoin(text)) {
            member.write(text);
            return null;
        }
        return text;
    }
}
