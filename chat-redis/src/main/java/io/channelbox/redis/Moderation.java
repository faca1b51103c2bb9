package io.channelbox.redis;

import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Envelopes;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is banned, and what holds for those who speak in a group. */
final class Moderation {

    private static final Script BAN = Script.of("ban.lua");
    private static final Script BANS = Script.of("bans.lua");
    private static final byte[] FROZEN = Bytes.of("frozen");
    private static final byte[] PAUSE = Bytes.of("pause");

    private final RedisLink link;
    private final byte[] bans;

    Moderation(RedisLink link) {
        this.link = link;
        this.bans = link.keys().of("bans", "bans", "");
    }

    void ban(Signal.Ban ban) {
        // Neither holds a line break.
        String who =
                ban.user().value() + '\n' + ban.group().map(GroupName::value).orElse("");
        link.call("Keeping a ban", BAN, List.of(bans), List.of(Bytes.of(who), Bytes.of(ban.time())));
    }

    List<Signal.Ban> bans() {
        List<Object> raw = link.call("Reading bans", BANS, List.of(bans), List.of());
        List<Signal.Ban> holding = new ArrayList<>();
        for (int i = 0; i < raw.size(); i += 2) {
            String[] who = Bytes.text(raw.get(i)).split("\n", 2);
            holding.add(new Signal.Ban(
                    new UserId(who[0]),
                    who[1].isEmpty() ? Optional.empty() : Optional.of(Envelopes.group(who[1])),
                    Duration.ofMillis(Bytes.number(raw.get(i + 1)))));
        }
        return holding;
    }

    void rule(GroupName group, Rule rule) {
        byte[] rules = link.keys().of("rules", group);
        String what = "Changing the rules of " + group;
        if (rule instanceof Rule.Freeze freeze) {
            declare(what, rules, FROZEN, freeze.frozen() ? Bytes.YES : Bytes.NONE);
        } else if (rule instanceof Rule.SlowMode slow) {
            declare(what, rules, PAUSE, slow.pause().isZero() ? Bytes.NONE : Bytes.of(slow.pause()));
        } else if (rule instanceof Rule.Mute mute) {
            mute(what, link.keys().of("muted", group.value(), mute.user().value()), mute.time());
        }
    }

    private void declare(String what, byte[] rules, byte[] field, byte[] value) {
        if (value.length == 0) {
            link.await(what, link.commandsFor(rules).hdel(rules, field));
        } else {
            link.await(what, link.commandsFor(rules).hset(rules, Map.of(field, value)));
        }
    }

    private void mute(String what, byte[] key, Duration time) {
        if (time.isZero()) {
            link.await(what, link.commandsFor(key).del(key));
        } else {
            link.await(what, link.commandsFor(key).set(key, Bytes.YES, SetArgs.Builder.px(Bytes.millis(time))));
        }
    }
}
