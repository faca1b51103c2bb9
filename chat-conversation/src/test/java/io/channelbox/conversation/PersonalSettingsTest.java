package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PersonalSettingsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final PersonalSettings settings = conversations.settings();
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void nothingIsSetBeforeSomethingIs() {
        assertEquals(MemberSettings.DEFAULT, settings.of(ANN, group));
    }

    @Test
    void notificationsAreMutedForTheUserAloneUntilTheTimeIsOver() {
        settings.mute(ANN, group, chat.now().plusSeconds(1));

        assertTrue(settings.of(ANN, group).isMuted(chat.now()));
        assertFalse(settings.of(BOB, group).isMuted(chat.now()));
        chat.aSecondPasses();
        assertFalse(settings.of(ANN, group).isMuted(chat.now()));
    }

    @Test
    void whatHasNoEndLastsUntilItIsEnded() {
        assertEquals(settings.mute(ANN, group), settings.mute(ANN, group, Instant.MAX));
        assertTrue(settings.of(ANN, group).isMuted(chat.now().plusSeconds(1_000_000_000)));

        settings.unmute(ANN, group);

        assertEquals(MemberSettings.DEFAULT, settings.of(ANN, group));
    }

    @Test
    void aTimeThatIsOverIsRefused() {
        assertInvalid("until", () -> settings.mute(ANN, group, chat.now()));
    }

    @Test
    void whatIsArchivedIsInTheOtherListOfTheUserAlone() {
        settings.archive(ANN, group);

        assertEquals(List.of(), list(ANN, Listed.CURRENT));
        assertEquals(List.of(group), list(ANN, Listed.ARCHIVED));
        assertEquals(List.of(group), list(BOB, Listed.CURRENT));
        settings.unarchive(ANN, group);
        assertEquals(List.of(group), list(ANN, Listed.CURRENT));
    }

    @Test
    void whatIsArchivedComesBackWithTheNextMessageAndCanBeArchivedAgain() {
        settings.archive(ANN, group);

        chat.say(BOB, group, "a");
        assertEquals(List.of(group), list(ANN, Listed.CURRENT));

        settings.archive(ANN, group);
        assertEquals(List.of(group), list(ANN, Listed.ARCHIVED));
    }

    @Test
    void whatIsArchivedAndMutedStaysUntilTheNotificationsComeAgain() {
        settings.archive(ANN, group);
        settings.mute(ANN, group);

        chat.say(BOB, group, "a");

        assertEquals(List.of(group), list(ANN, Listed.ARCHIVED));
        settings.unmute(ANN, group);
        assertEquals(List.of(group), list(ANN, Listed.CURRENT));
    }

    @Test
    void whatIsSetIsToldOnceAndWhatWasSetBeforeIsNoNews() {
        int told = chat.told.size();

        MemberSettings muted = settings.mute(ANN, group);
        settings.mute(ANN, group);
        settings.unarchive(ANN, group);

        Conversation about = conversations.conversation(ANN, group);
        assertEquals(
                List.of(new ConversationEvent.SettingsChanged(about, ANN, muted, chat.now())),
                chat.told.subList(told, chat.told.size()));
    }

    @Test
    void whoLeavesTakesTheirSettingsWithThem() {
        settings.mute(BOB, group);
        conversations.leave(BOB, group);

        conversations.add(ANN, group, BOB);

        assertEquals(MemberSettings.DEFAULT, settings.of(BOB, group));
    }

    private List<ConversationId> list(UserId user, Listed which) {
        return conversations.list(user, which, Optional.empty(), 10).stream()
                .map(summary -> summary.conversation().id())
                .toList();
    }
}
