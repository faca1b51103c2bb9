package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.message.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends 20,000 messages to a few conversations from several threads, and prints each, once it is confirmed. */
final class SendingProgram {

    static final int MESSAGES = 20_000;

    private static final UserId ANN = new UserId("ann");
    private static final int SENDERS = 8;
    private static final int GROUPS = 4;

    private SendingProgram() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(Path.of(arguments[0])))) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            List<Conversation> groups = new ArrayList<>();
            for (int i = 0; i < GROUPS; i++) {
                groups.add(conversations.createGroup(ANN, GroupDetails.named("Group " + i), List.of()));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                Conversation group = groups.get(sender % GROUPS);
                running.add(senders.submit(() -> send(conversations, group)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            senders.shutdown();
        }
    }

    private static void send(Conversations conversations, Conversation group) {
        for (int i = 0; i < MESSAGES / SENDERS; i++) {
            ChatMessage said = conversations.send(ANN, group.id(), MessageDraft.text("Message " + i));
            System.out.print(line(said) + '\n');
        }
    }

    /** Returns what is printed of a message. */
    static String line(ChatMessage message) {
        return message.conversation() + " " + message.id() + ' ' + message.sequence() + ' ' + message.content();
    }

    static List<ConversationSummary> list(JdbcStores stores) {
        return stores.conversations().read(kept -> kept.conversationsOf(ANN, Optional.empty(), GROUPS + 1));
    }

    static List<ChatMessage> messages(JdbcStores stores, Conversation conversation) {
        return stores.conversations().read(kept -> kept.messages(conversation.id(), Optional.empty(), MESSAGES));
    }
}
