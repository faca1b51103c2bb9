package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinkOptionsTest {

    @Test
    void whatAConnectionBeginsWithTakesNoLongerThanAnyCommand() {
        var time = Duration.ofMillis(700);
        RedisURI uri = RedisURI.create("redis-sentinel://127.0.0.1:26379#main");

        LinkOptions.of(uri, "chat").withCommandTimeout(time).completeUris();

        Stream.concat(Stream.of(uri), uri.getSentinels().stream())
                .forEach(each -> assertEquals(time, each.getTimeout()));
    }
}
