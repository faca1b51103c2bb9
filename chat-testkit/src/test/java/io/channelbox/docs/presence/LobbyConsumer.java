package io.channelbox.docs.presence;

import io.channelbox.channel.Channel;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.GroupName;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceStatus;

final class LobbyConsumer extends TypedConsumer<LobbyConsumer.Spoken> {

    private static final GroupName LOBBY = GroupName.of("lobby");

    sealed interface Spoken {}

    @TypeName("say")
    record Say(String text) implements Spoken {}

    @TypeName("mood")
    record Mood(String status, String text) implements Spoken {}

    @TypeName("writing")
    record Writing() implements Spoken {}

    private final Presence presence;

    LobbyConsumer(Presence presence) {
        this.presence = presence;
    }

    @Override
    protected void onConnect(Channel me) {
        join("lobby");
        presence.track(LOBBY, me); // until it leaves, by whatever
    }

    @Override
    protected void handlers(Handlers<Spoken> on) {
        on.on(Say.class, say -> broadcast("lobby", say)); // which ends the writing
        on.on(Mood.class, mood -> presence.status(channel(), PresenceStatus.of(mood.status()), mood.text()));
        on.on(Writing.class, writing -> presence.typing().started(LOBBY, channel()));
    }
}
