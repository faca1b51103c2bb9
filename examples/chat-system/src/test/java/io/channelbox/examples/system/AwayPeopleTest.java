package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.channelbox.conversation.Notification;
import io.channelbox.conversation.NotificationSink;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;

/** An application that has a way to reach people who are away brings it as a bean. */
@Timeout(120)
class AwayPeopleTest {

    private static final LinkedBlockingQueue<Notification> TOLD = new LinkedBlockingQueue<>();

    /** The beans of the application. */
    static class Application {

        @Bean
        NotificationSink sink() {
            return TOLD::add;
        }
    }

    @Test
    void onlyWhoIsNotConnectedIsToldByTheSinkOfTheApplication(@TempDir Path folder) throws Exception {
        try (RunningChat program =
                RunningChat.with(List.of(ChatSystem.class, Application.class), folder, "--chat.notify=true")) {
            ChatClient ann = ChatClient.login(program.port(), "ann");
            ChatClient bob = ChatClient.login(program.port(), "bob");
            long id = group(ann, "bob");
            try (ChatClient.Listening there = bob.listen(id)) {
                there.next();
                say(ann, id, "you are here");
                there.next();
                long other = group(ann, "cid");
                long message = say(ann, other, "you are away");

                Notification told = TOLD.poll(20, TimeUnit.SECONDS);

                assertNotNull(told);
                assertEquals("cid", told.user().value());
                assertEquals(message, told.message().id().value());
            }
        }
    }
}
