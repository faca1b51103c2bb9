package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.channel.CatchUp;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Loss;
import io.channelbox.channel.Opening;
import io.channelbox.channel.StreamStart;
import io.channelbox.channel.StreamWords;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Joins, leaves, cut connections, returns, statuses and time at random, against a model that is simple enough to be right. What every
 * peer knows is put together from its state and changes alone.
 */
class PresenceModelTest {

    private static final List<GroupName> GROUPS = List.of(GroupName.of("room", "a"), GroupName.of("room", "b"));
    private static final List<String> NAMES = List.of("Ann", "ANN", "Bob", "bob", "Eve");
    private static final List<NamePolicy> POLICIES = List.of(NamePolicy.values());
    private static final List<PresenceStatus> STATUSES =
            List.of(PresenceStatus.ONLINE, PresenceStatus.AWAY, PresenceStatus.BUSY);
    private static final int STEPS = 600;

    @TypeName("joined")
    record Joined() {}

    /** Says that a channel has joined. */
    private record JoinedWords() implements StreamWords {

        @Override
        public boolean follows() {
            return false;
        }

        @Override
        public Object started(StreamStart start) {
            return new Joined();
        }

        @Override
        public Object lost(Loss loss) {
            throw new AssertionError("nothing is kept here");
        }

        @Override
        public Object broken() {
            throw new AssertionError("nothing is read here");
        }
    }

    private static final TypedJsonCodec<Object> CODEC = TypedJsonCodec.ofTypes(
            JsonStyle.DEFAULT.payloadIn("payload"), Joined.class, PresenceState.class, PresenceDiff.class);

    static Stream<Long> seeds() {
        return LongStream.concat(LongStream.range(0, 24), new Random().longs(8)).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPeerKnowsWhatTheModelSays(long seed) {
        try {
            new Run(seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }

    /** One device of the model in one group. */
    private static final class Device {
        final Channel channel;
        final String name;
        Instant lastFrame;
        boolean active = true;

        Device(Channel channel, String name, Instant lastFrame) {
            this.channel = channel;
            this.name = name;
            this.lastFrame = lastFrame;
        }
    }

    /** One user of the model in one group: devices, or the last one for its grace time. */
    private static final class Stay {
        Instant since = Instant.EPOCH;
        final Map<Channel, Device> devices = new LinkedHashMap<>();
        Optional<Device> last = Optional.empty();
        Instant until = Instant.MAX;

        List<Device> counted() {
            return devices.isEmpty() ? last.stream().toList() : List.copyOf(devices.values());
        }
    }

    /** What one peer knows of one group. */
    private static final class View {
        final Map<String, PresenceState.Member> members = new LinkedHashMap<>();
        long version = -1;
        int users;
        int channels;
        boolean reduced;
        boolean joined;
    }

    private record Place(Channel channel, GroupName group) {}

    private record Totals(int users, int channels) {}

    private static final class Run {
        final Random random;
        final Duration grace;
        final Duration awayAfter;
        final NamePolicy names;
        final int namesUpTo;
        final boolean ownJoin;
        final TestBox test = new TestBox();
        final InMemoryPresenceStore store = new InMemoryPresenceStore();
        final Presence presence;

        final List<Peer> peers = new ArrayList<>();
        final Map<GroupName, Map<UserId, Stay>> model = new LinkedHashMap<>();
        final Map<UserId, UserStatus> said = new LinkedHashMap<>();
        final Map<Place, View> views = new LinkedHashMap<>();
        final Map<Channel, Integer> read = new LinkedHashMap<>();
        final Set<Place> watching = new HashSet<>();
        final Map<GroupName, Set<String>> listened = new LinkedHashMap<>();
        Map<GroupName, Totals> earlier = Map.of();

        Run(long seed) {
            random = new Random(seed);
            grace = Duration.ofSeconds(random.nextInt(3) * 5L);
            awayAfter = Duration.ofSeconds(random.nextInt(2) * 7L);
            names = POLICIES.get(random.nextInt(3));
            namesUpTo = random.nextBoolean() ? 100 : 3;
            ownJoin = random.nextBoolean();
            Presence.Builder builder = Presence.in(test.box)
                    .store(store)
                    .grace(grace)
                    .awayAfter(awayAfter)
                    .names(names)
                    .namesUpTo(namesUpTo)
                    .onChange(this::heard);
            presence = (ownJoin ? builder : builder.withoutOwnJoin()).build();
            GROUPS.forEach(group -> model.put(group, new LinkedHashMap<>()));
            GROUPS.forEach(group -> listened.put(group, new HashSet<>()));
        }

        static <K, V> V at(Map<K, V> map, K key) {
            return Objects.requireNonNull(map.get(key));
        }

        void heard(PresenceChange change) {
            Set<String> here = at(listened, change.group());
            change.joins().forEach(member -> assertTrue(here.add(member.id().value()), "joined twice"));
            change.leaves().forEach(member -> assertTrue(here.remove(member.id().value()), "left twice"));
            change.updates()
                    .forEach(member -> assertTrue(here.contains(member.id().value()), "changed, not here"));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
                if (random.nextInt(6) == 0) {
                    settleAndCompare();
                }
            }
            List.copyOf(peers).forEach(this::cut);
            pass(grace.plusSeconds(2));
            settleAndCompare();
            assertEquals(0, store.size(), "left in the store");
            assertEquals(0, presence.remembered(), "remembered");
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> join(open(), group());
                case 3 -> peer().ifPresent(peer -> join(peer, group()));
                case 4, 5 -> peer().ifPresent(this::cut);
                case 6 -> peer().ifPresent(peer -> leave(peer, group()));
                case 7 -> peer().ifPresent(peer -> untrack(peer, group()));
                case 8 -> peer().ifPresent(this::say);
                case 9 -> peer().ifPresent(this::frame);
                default -> pass(Duration.ofSeconds(1 + random.nextInt(4)));
            }
        }

        GroupName group() {
            return GROUPS.get(random.nextInt(GROUPS.size()));
        }

        Optional<Peer> peer() {
            return peers.isEmpty() ? Optional.empty() : Optional.of(peers.get(random.nextInt(peers.size())));
        }

        Instant now() {
            return test.time.instant();
        }

        Peer open() {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            User user = new User(new UserId("__proto__" + random.nextInt(6)), name, Set.of());
            Peer peer = test.enter(Opening.of(user, CODEC));
            peers.add(peer);
            return peer;
        }

        void join(Peer peer, GroupName group) {
            test.executor.run(); // what has happened to names has happened
            Channel channel = peer.channel();
            if (!channel.isOpen() || channel.groups().contains(group)) {
                return;
            }
            List<Device> taken = othersNamed(group, channel.user());
            try {
                PresenceClaim claim = presence.claim(group, channel);
                test.box
                        .group(group)
                        .joinAsTopic(channel, CatchUp.NOTHING, new JoinedWords(), Envelope.NONE.topic(group.value()));
                claim.begin();
            } catch (PeerException refused) {
                assertEquals(Presence.NAME_TAKEN, refused.code());
                assertTrue(names == NamePolicy.REJECT_NEW && !taken.isEmpty(), "refused for nothing");
                return;
            }
            assertTrue(names != NamePolicy.REJECT_NEW || taken.isEmpty(), "not refused");
            if (names == NamePolicy.REPLACE_OLD) {
                test.executor.run(); // the channels close a moment later, and nothing is to come between
                taken.forEach(old -> replace(group, old));
            }
            Stay stay = at(model, group).computeIfAbsent(channel.user().id(), user -> new Stay());
            if (stay.counted().isEmpty()) {
                stay.since = now();
            }
            stay.last = Optional.empty();
            stay.devices.put(channel, new Device(channel, channel.user().name(), now().minus(channel.idle())));
            watching.add(new Place(channel, group));
        }

        List<Device> othersNamed(GroupName group, User user) {
            return at(model, group).entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(user.id()))
                    .flatMap(entry -> entry.getValue().counted().stream())
                    .filter(device -> device.name.equalsIgnoreCase(user.name()))
                    .toList();
        }

        void replace(GroupName group, Device old) {
            Stay stay = at(at(model, group), old.channel.user().id());
            stay.devices.remove(old.channel);
            stay.last = Optional.empty();
            clean();
            gone(old.channel);
        }

        void cut(Peer peer) {
            peer.channel().ended(CloseStatus.ABNORMAL);
            gone(peer.channel());
        }

        void gone(Channel channel) {
            peers.removeIf(peer -> peer.channel().equals(channel));
            GROUPS.forEach(group -> depart(channel, group, true));
        }

        void leave(Peer peer, GroupName group) {
            test.box.group(group).leave(peer.channel());
            depart(peer.channel(), group, true);
        }

        void untrack(Peer peer, GroupName group) {
            presence.untrack(group, peer.channel());
            depart(peer.channel(), group, false);
        }

        void depart(Channel channel, GroupName group, boolean withGrace) {
            watching.remove(new Place(channel, group));
            Stay stay = at(model, group).getOrDefault(channel.user().id(), new Stay());
            Device device = stay.devices.remove(channel);
            if (device != null && stay.devices.isEmpty() && withGrace && !grace.isZero()) {
                stay.last = Optional.of(device);
                stay.until = now().plus(grace);
            }
            clean();
        }

        /** Who is nowhere is forgotten, with what they have said. */
        void clean() {
            model.values()
                    .forEach(stays ->
                            stays.values().removeIf(stay -> stay.counted().isEmpty()));
            said.keySet().removeIf(user -> model.values().stream().noneMatch(stays -> stays.containsKey(user)));
        }

        void say(Peer peer) {
            test.executor.run(); // who has left everywhere has no status
            UserStatus status = new UserStatus(
                    STATUSES.get(random.nextInt(3)),
                    random.nextBoolean() ? Optional.of("text " + random.nextInt(3)) : Optional.empty());
            UserId user = peer.channel().user().id();
            boolean here = model.values().stream().anyMatch(stays -> stays.containsKey(user));
            assertEquals(
                    here,
                    presence.status(
                            peer.channel(), status.status(), status.text().orElse("")));
            if (here) {
                said.put(user, status);
            }
        }

        void frame(Peer peer) {
            peer.channel().used();
            devices(peer.channel()).forEach(device -> device.lastFrame = now());
        }

        Stream<Device> devices(Channel channel) {
            return model.values().stream()
                    .flatMap(stays -> stays.values().stream())
                    .flatMap(stay -> stay.devices.values().stream())
                    .filter(device -> device.channel.equals(channel));
        }

        void pass(Duration time) {
            for (long left = time.toSeconds(); left > 0; left--) {
                test.executor.run();
                earlier = totals();
                test.time.pass(Duration.ofSeconds(1));
                test.executor.run();
                model.values().forEach(stays -> stays.values().forEach(this::age));
                clean();
            }
        }

        void age(Stay stay) {
            if (!now().isBefore(stay.until)) {
                stay.last = Optional.empty();
                stay.until = Instant.MAX;
            }
            if (!awayAfter.isZero()) {
                stay.devices
                        .values()
                        .forEach(device -> device.active =
                                Duration.between(device.lastFrame, now()).compareTo(awayAfter) < 0);
            }
        }

        Map<GroupName, Totals> totals() {
            Map<GroupName, Totals> totals = new LinkedHashMap<>();
            GROUPS.forEach(group -> totals.put(
                    group,
                    new Totals(
                            at(model, group).size(),
                            expected(group).stream()
                                    .mapToInt(PresenceState.Member::devices)
                                    .sum())));
            return totals;
        }

        List<PresenceState.Member> expected(GroupName group) {
            List<PresenceState.Member> members = new ArrayList<>();
            at(model, group).forEach((user, stay) -> {
                List<Device> counted = stay.counted();
                UserStatus own = said.getOrDefault(user, UserStatus.AUTOMATIC);
                boolean active = counted.stream().anyMatch(device -> device.active);
                members.add(new PresenceState.Member(
                        user.value(),
                        counted.get(counted.size() - 1).name,
                        own.status() == PresenceStatus.ONLINE && !active
                                ? "away"
                                : own.status().word(),
                        own.text(),
                        stay.since,
                        counted.size()));
            });
            return sorted(members);
        }

        static List<PresenceState.Member> sorted(Iterable<PresenceState.Member> members) {
            List<PresenceState.Member> sorted = new ArrayList<>();
            members.forEach(sorted::add);
            sorted.sort(Comparator.comparing(PresenceState.Member::id));
            return sorted;
        }

        void settleAndCompare() {
            test.executor.run();
            if (namesUpTo < 100) {
                pass(Duration.ofSeconds(1)); // counts come with the second
            }
            peers.forEach(this::read);
            Map<GroupName, Totals> totals = totals();
            for (GroupName group : GROUPS) {
                List<PresenceState.Member> expected = expected(group);
                List<PresenceState.Member> members = sorted(PresenceState.Member.of(presence.members(group)));
                assertEquals(expected, members, "members of " + group);
                Totals total = at(totals, group);
                assertEquals(new PresenceCount(total.users(), total.channels()), presence.count(group));
                assertEquals(
                        at(model, group).keySet().stream().map(UserId::value).collect(Collectors.toSet()),
                        at(listened, group),
                        "as the listener heard");
                for (Place place : watching) {
                    if (place.group().equals(group)) {
                        compare(at(views, place), expected, total, earlier.getOrDefault(group, total));
                    }
                }
            }
        }

        void compare(View view, List<PresenceState.Member> expected, Totals now, Totals before) {
            Totals told = new Totals(view.users, view.channels);
            if (view.reduced) {
                assertTrue(told.equals(now) || told.equals(before), () -> told + ", but there are " + now);
            } else {
                assertTrue(now.users() <= namesUpTo, "too many to be named");
                assertEquals(expected, sorted(view.members.values()), "as a peer was told");
                assertEquals(now, told);
            }
        }

        /** Applies what a peer was told, and nothing else. */
        void read(Peer peer) {
            List<Frame> frames = peer.connection().frames();
            int from = read.getOrDefault(peer.channel(), 0);
            for (Frame frame : frames.subList(from, frames.size())) {
                Incoming<Object> incoming = CODEC.open(frame);
                GroupName group = GroupName.of(incoming.topic().orElseThrow());
                apply(views.computeIfAbsent(new Place(peer.channel(), group), place -> new View()), incoming.message());
            }
            read.put(peer.channel(), frames.size());
        }

        void apply(View view, Object message) {
            if (message instanceof Joined) {
                view.joined = true;
                view.version = -1;
            } else if (message instanceof PresenceState state) {
                assertTrue(view.joined, "a state before the answer to joining");
                view.version = state.version();
                count(view, state.users(), state.channels(), state.reduced());
                view.members.clear();
                state.members().orElse(List.of()).forEach(member -> view.members.put(member.id(), member));
            } else if (message instanceof PresenceDiff diff) {
                assertTrue(view.version >= 0, "a change before the state");
                assertEquals(view.version + 1, diff.version(), "a hole");
                view.version = diff.version();
                count(view, diff.users(), diff.channels(), diff.reduced());
                diff.joins().orElse(List.of()).forEach(member -> {
                    assertTrue(view.members.put(member.id(), member) == null, "joined twice");
                });
                diff.leaves()
                        .orElse(List.of())
                        .forEach(id -> assertTrue(view.members.remove(id) != null, "left twice"));
                diff.updates().orElse(List.of()).forEach(member -> {
                    assertTrue(view.members.put(member.id(), member) != null, "changed, not here");
                });
            }
        }

        void count(View view, int users, int channels, boolean reduced) {
            view.users = users;
            view.channels = channels;
            view.reduced = reduced;
            if (reduced) {
                view.members.clear();
            }
        }
    }
}
