package io.channelbox.presence;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings a group and the store together after they were apart: who is here and was lost there is given to it again, and what has
 * changed there unheard is told here. Who is missing there may be known to another node that is about to do the same, and is
 * missed only after the grace time. Used by whoever runs the group.
 */
final class Reconciliation implements Lane.Step {

    private static final int AT_ONCE = 100;

    private final Presence presence;
    private final List<Tracking> living;
    private final List<Departures.Departure> kept;

    Reconciliation(Presence presence, List<Tracking> living, List<Departures.Departure> kept) {
        this.presence = presence;
        this.living = living;
        this.kept = kept;
    }

    @Override
    public void run(GroupPresence group) {
        Map<UserId, List<PresenceEntry>> found =
                PresenceEntry.byUser(presence.store().read(group.name()));
        group.changedElsewhere(otherThanIn(group, found));
        Set<UserId> missing = new HashSet<>(group.occupants().users());
        missing.removeAll(found.keySet());
        presence.departures().missLater(group.name(), missing);
        Stream<Lane.Step> returns = living.stream()
                .filter(tracking -> !isAmong(found, tracking.entry()))
                .map(tracking -> at -> comeBack(at, tracking));
        Stream<Lane.Step> graces = kept.stream()
                .filter(departure -> !found.containsKey(departure.entry().user()))
                .map(departure -> at -> keep(at, departure));
        doSome(group, Stream.concat(returns, graces).toList());
    }

    private static List<UserId> otherThanIn(GroupPresence group, Map<UserId, List<PresenceEntry>> found) {
        return found.entrySet().stream()
                .filter(user -> !PresenceMember.of(user.getValue())
                        .equals(group.occupants().member(user.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isAmong(Map<UserId, List<PresenceEntry>> found, PresenceEntry entry) {
        return found.getOrDefault(entry.user(), List.of()).stream().anyMatch(entry::isSameStay);
    }

    /** What others have brought meanwhile comes between two parts. */
    private void doSome(GroupPresence group, List<Lane.Step> steps) {
        int some = Math.min(steps.size(), AT_ONCE);
        steps.subList(0, some).forEach(step -> step.run(group));
        if (some < steps.size()) {
            presence.inLane(group.name(), at -> doSome(at, steps.subList(some, steps.size())));
        }
    }

    /** A name that somebody else took meanwhile is theirs. */
    private void comeBack(GroupPresence group, Tracking tracking) {
        if (!presence.trackings().isCurrent(tracking)) {
            return;
        }
        PresenceEntry entry = tracking.known();
        if (!join(entry)) {
            tracking.channel().close(CloseStatus.REPLACED);
            return;
        }
        group.changedHere(entry.user());
        sayAgain(entry);
        if (!presence.trackings()
                .isCurrent(
                        tracking)) { // it has ended meanwhile, or a later one of the channel may just have been taken
            // away
            presence.store().leave(entry, Optional.empty());
            presence.reconcile(group.name());
        }
    }

    /** What the user has said since, on another device, holds. */
    private void sayAgain(PresenceEntry entry) {
        if (!entry.status().equals(UserStatus.AUTOMATIC)
                && presence.store().read(entry.group(), entry.user()).stream()
                        .allMatch(each -> each.status().equals(UserStatus.AUTOMATIC))) {
            presence.store().status(entry.user(), entry.status());
        }
    }

    private void keep(GroupPresence group, Departures.Departure departure) {
        PresenceEntry entry = departure.entry();
        if (!departure.isOver() && join(entry)) {
            presence.store().leave(entry, Optional.of(presence.now()));
            group.changedHere(entry.user());
        }
    }

    private boolean join(PresenceEntry entry) {
        NamePolicy names = presence.settings().names() == NamePolicy.ALLOW ? NamePolicy.ALLOW : NamePolicy.REJECT_NEW;
        return presence.store().join(entry, names).accepted();
    }
}
