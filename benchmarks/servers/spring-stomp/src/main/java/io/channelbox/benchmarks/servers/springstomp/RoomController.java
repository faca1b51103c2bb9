package io.channelbox.benchmarks.servers.springstomp;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;

/** Relays each text to all that subscribed to its room. */
@Controller
final class RoomController {

    @MessageMapping("/{room}")
    @SendTo("/topic/{room}")
    String say(String text) {
        return text;
    }

    /** The simple broker confirms no subscription. One to this is answered, after all that were before it. */
    @SubscribeMapping("/joined")
    String joined() {
        return "joined";
    }
}
