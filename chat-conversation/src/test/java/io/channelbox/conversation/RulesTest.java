package io.channelbox.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may do what: one table, each cell of which is a test. */
class RulesTest {

    /**
     * What comes of it: it is done; it is not allowed; or the code of another refusal. Owner to stranger are in a private group, were, or never
     * have been; a passerby never was in a public one; a talker is in a direct conversation, an outsider not.
     */
    private static final String TABLE = """
                              owner  admin  member muted  former stranger passerby talker outsider
            openDirect        yes    yes    yes    yes    yes    yes      yes      yes    yes
            createGroup       yes    yes    yes    yes    yes    yes      yes      yes    yes
            list              yes    yes    yes    yes    yes    yes      yes      yes    yes
            digest            yes    yes    yes    yes    yes    yes      yes      yes    yes
            publicGroups      yes    yes    yes    yes    yes    yes      yes      yes    yes
            block             yes    yes    yes    yes    yes    yes      yes      yes    yes
            unblock           yes    yes    yes    yes    yes    yes      yes      yes    yes
            blocked           yes    yes    yes    yes    yes    yes      yes      yes    yes

            conversation      yes    yes    yes    yes    no     no       yes      yes    no
            join              yes    yes    yes    yes    no     no       yes      yes    no
            participant       yes    yes    yes    yes    no     no       no       yes    no
            participants      yes    yes    yes    yes    no     no       no       yes    no
            lastSeen          yes    yes    yes    yes    no     no       no       yes    no
            messages          yes    yes    yes    yes    no     no       no       yes    no
            thread            yes    yes    yes    yes    no     no       no       yes    no
            unread            yes    yes    yes    yes    no     no       no       yes    no
            read              yes    yes    yes    yes    no     no       no       yes    no
            read up to        yes    yes    yes    yes    no     no       no       yes    no
            activity          yes    yes    yes    yes    no     no       no       yes    no
            search            yes    yes    yes    yes    yes    yes      yes      yes    yes
            search here       yes    yes    yes    yes    no     no       no       yes    no

            requireVoice      yes    yes    yes    muted  no     no       no       yes    no
            send              yes    yes    yes    muted  no     no       no       yes    no
            send an answer    yes    yes    yes    muted  no     no       no       yes    no
            forward           yes    yes    yes    muted  no     no       no       yes    no
            edit mine         yes    yes    yes    muted  no     no       no       yes    no
            edit another's    no     no     no     no     no     no       no       no     no
            delete mine       yes    yes    yes    yes    no     no       no       yes    no
            delete another's  yes    yes    no     no     no     no       no       no     no
            report            yes    yes    yes    yes    no     no       no       yes    no
            react             yes    yes    yes    muted  no     no       no       yes    no
            unreact           yes    yes    yes    muted  no     no       no       yes    no

            describe          yes    yes    no     no     no     no       no       no     no
            archive           yes    no     no     no     no     no       no       no     no
            unarchive         yes    no     no     no     no     no       no       no     no
            add               yes    yes    no     no     no     no       no       no     no
            remove a member   yes    yes    no     no     no     no       no       no     no
            remove an admin   yes    no     no     no     no     no       no       no     no
            remove the owner  no     no     no     no     no     no       no       no     no
            leave             owner  yes    yes    yes    no     no       no       no     no
            appoint a member  yes    no     no     no     no     no       no       no     no
            appoint an admin  yes    no     no     no     no     no       no       no     no
            appoint the owner no     no     no     no     no     no       no       no     no
            handOver          yes    no     no     no     no     no       no       no     no
            mute a member     yes    yes    no     no     no     no       no       no     no
            mute an admin     yes    no     no     no     no     no       no       no     no
            mute the owner    no     no     no     no     no     no       no       no     no
            unmute a member   yes    yes    no     no     no     no       no       no     no
            unmute an admin   yes    no     no     no     no     no       no       no     no

            pins.pin          yes    yes    no     no     no     no       no       yes    no
            pins.unpin        yes    yes    no     no     no     no       no       yes    no
            pins.list         yes    yes    yes    yes    no     no       no       yes    no

            settings.of       yes    yes    yes    yes    no     no       no       yes    no
            settings.mute     yes    yes    yes    yes    no     no       no       yes    no
            settings.unmute   yes    yes    yes    yes    no     no       no       yes    no
            settings.archive  yes    yes    yes    yes    no     no       no       yes    no
            settings.unarchive yes   yes    yes    yes    no     no       no       yes    no

            invitations.invite yes   yes    no     no     no     no       no       no     no
            invitations.list  yes    yes    no     no     no     no       no       no     no
            invitations.revoke yes   yes    no     no     no     no       no       no     no
            invitations.accept no    no     no     no     no     no       no       no     no
            invitations.accept a good one yes yes yes yes yes    yes      yes      yes    yes
            invitations.allow yes    yes    no     no     no     no       no       no     no
            invitations.disallow yes yes    no     no     no     no       no       no     no
            invitations.allowed yes  yes    no     no     no     no       no       no     no
            invitations.openTo yes   yes    yes    yes    yes    yes      yes      yes    yes
            """;

    /** What the application does; and what is behind the verbs of {@link ModerationRulesTest}. */
    private static final Set<String> BY_OTHERS =
            Set.of("announce", "seen", "isModerator", "moderate", "upkeep", "personalData");

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    static final UserId OWNER = new UserId("owner");
    static final UserId DEPUTY = new UserId("deputy");
    static final UserId OTHER = new UserId("other");
    private static final UserId NEW = new UserId("new");

    private static final Map<String, BiConsumer<Conversations, Place>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("openDirect", (all, at) -> all.openDirect(at.me(), OTHER));
        VERBS.put("createGroup", (all, at) -> all.createGroup(at.me(), GroupDetails.named("Mine"), List.of(OTHER)));
        VERBS.put("list", (all, at) -> all.list(at.me(), Optional.empty(), 10));
        VERBS.put("digest", (all, at) -> all.digest(at.me(), Instant.EPOCH, 10));
        VERBS.put("publicGroups", (all, at) -> all.publicGroups(at.me(), Optional.empty(), Optional.empty(), 10));
        VERBS.put("block", (all, at) -> all.block(at.me(), OTHER));
        VERBS.put("unblock", (all, at) -> all.unblock(at.me(), OTHER));
        VERBS.put("blocked", (all, at) -> all.blocked(at.me()));

        VERBS.put("conversation", (all, at) -> all.conversation(at.me(), at.here()));
        VERBS.put("join", (all, at) -> all.join(at.me(), at.here()));
        VERBS.put("participant", (all, at) -> all.participant(at.me(), at.here()));
        VERBS.put("participants", (all, at) -> all.participants(at.me(), at.here(), 0, 10));
        VERBS.put("lastSeen", (all, at) -> all.lastSeen(at.me(), at.here(), 0, 10));
        VERBS.put("messages", (all, at) -> all.messages(at.me(), at.here(), Optional.empty(), 10));
        VERBS.put("thread", (all, at) -> all.thread(at.me(), at.theirs(), Optional.empty(), 10));
        VERBS.put("unread", (all, at) -> all.unread(at.me(), at.here()));
        VERBS.put("read", (all, at) -> all.read(at.me(), at.here()));
        VERBS.put("read up to", (all, at) -> all.read(at.me(), at.here(), at.theirs()));

        VERBS.put("activity", (all, at) -> all.activity(at.me(), at.here(), DAY, DAY));
        VERBS.put("search", (all, at) -> all.search(at.me(), SearchQuery.of("a"), Optional.empty(), 10));
        VERBS.put(
                "search here",
                (all, at) -> all.search(at.me(), SearchQuery.of("a").in(at.here()), Optional.empty(), 10));

        VERBS.put("requireVoice", (all, at) -> all.requireVoice(at.me(), at.here()));
        VERBS.put("send", (all, at) -> all.send(at.me(), at.here(), MessageDraft.text("b")));
        VERBS.put(
                "send an answer",
                (all, at) -> all.send(at.me(), at.here(), MessageDraft.text("b").inReplyTo(at.theirs())));
        VERBS.put("forward", (all, at) -> all.forward(at.me(), at.theirs(), at.here(), Optional.empty()));
        VERBS.put("edit mine", (all, at) -> all.edit(at.me(), at.mine(), "b"));
        VERBS.put("edit another's", (all, at) -> all.edit(at.me(), at.theirs(), "b"));
        VERBS.put("delete mine", (all, at) -> all.delete(at.me(), at.mine()));
        VERBS.put("delete another's", (all, at) -> all.delete(at.me(), at.theirs()));
        VERBS.put("report", (all, at) -> all.report(at.me(), at.theirs(), "spam", ""));
        VERBS.put("react", (all, at) -> all.react(at.me(), at.theirs(), "👍"));
        VERBS.put("unreact", (all, at) -> all.unreact(at.me(), at.theirs(), "👍"));

        VERBS.put("describe", (all, at) -> all.describe(at.me(), at.here(), GroupDetails.named("Dinner")));
        VERBS.put("archive", (all, at) -> all.archive(at.me(), at.here()));
        VERBS.put("unarchive", (all, at) -> all.unarchive(at.me(), at.here()));
        VERBS.put("add", (all, at) -> all.add(at.me(), at.here(), NEW));
        VERBS.put("remove a member", (all, at) -> all.remove(at.me(), at.here(), OTHER));
        VERBS.put("remove an admin", (all, at) -> all.remove(at.me(), at.here(), DEPUTY));
        VERBS.put("remove the owner", (all, at) -> all.remove(at.me(), at.here(), OWNER));
        VERBS.put("leave", (all, at) -> all.leave(at.me(), at.here()));
        VERBS.put("appoint a member", (all, at) -> all.appoint(at.me(), at.here(), OTHER, Role.ADMIN));
        VERBS.put("appoint an admin", (all, at) -> all.appoint(at.me(), at.here(), DEPUTY, Role.MEMBER));
        VERBS.put("appoint the owner", (all, at) -> all.appoint(at.me(), at.here(), OWNER, Role.MEMBER));
        VERBS.put("handOver", (all, at) -> all.handOver(at.me(), at.here(), OTHER));
        VERBS.put("mute a member", (all, at) -> all.mute(at.me(), at.here(), OTHER));
        VERBS.put("mute an admin", (all, at) -> all.mute(at.me(), at.here(), DEPUTY));
        VERBS.put("mute the owner", (all, at) -> all.mute(at.me(), at.here(), OWNER));
        VERBS.put("unmute a member", (all, at) -> all.unmute(at.me(), at.here(), OTHER));
        VERBS.put("unmute an admin", (all, at) -> all.unmute(at.me(), at.here(), DEPUTY));

        VERBS.put("pins.pin", (all, at) -> all.pins().pin(at.me(), at.theirs()));
        VERBS.put("pins.unpin", (all, at) -> all.pins().unpin(at.me(), at.theirs()));
        VERBS.put("pins.list", (all, at) -> all.pins().list(at.me(), at.here()));

        VERBS.put("settings.of", (all, at) -> all.settings().of(at.me(), at.here()));
        VERBS.put("settings.mute", (all, at) -> all.settings().mute(at.me(), at.here()));
        VERBS.put("settings.unmute", (all, at) -> all.settings().unmute(at.me(), at.here()));
        VERBS.put("settings.archive", (all, at) -> all.settings().archive(at.me(), at.here()));
        VERBS.put("settings.unarchive", (all, at) -> all.settings().unarchive(at.me(), at.here()));

        VERBS.put(
                "invitations.invite",
                (all, at) -> all.invitations().invite(at.me(), at.here(), InvitationTerms.UNLIMITED));
        VERBS.put("invitations.list", (all, at) -> all.invitations().list(at.me(), at.here()));
        VERBS.put(
                "invitations.revoke", (all, at) -> all.invitations().revoke(at.me(), at.here(), new InvitationId(999)));
        VERBS.put("invitations.accept", (all, at) -> all.invitations().accept(at.me(), "guessed"));
        VERBS.put(
                "invitations.accept a good one", (all, at) -> all.invitations().accept(at.me(), invitation(all)));
        VERBS.put("invitations.allow", (all, at) -> all.invitations().allow(at.me(), at.here(), NEW));
        VERBS.put("invitations.disallow", (all, at) -> all.invitations().disallow(at.me(), at.here(), NEW));
        VERBS.put("invitations.allowed", (all, at) -> all.invitations().allowed(at.me(), at.here(), 0, 10));
        VERBS.put("invitations.openTo", (all, at) -> all.invitations().openTo(at.me(), Optional.empty(), 10));
    }

    private static String invitation(Conversations all) {
        Conversation group = all.createGroup(NEW, GroupDetails.named("Party"), List.of());
        return all.invitations()
                .invite(NEW, group.id(), InvitationTerms.UNLIMITED)
                .token();
    }

    /** Somebody, a conversation, a message of theirs there, if there is one, and one of another member. */
    record Place(UserId me, ConversationId here, ChatMessageId mine, ChatMessageId theirs) {

        Place whereNothingIs() {
            return new Place(me, Chat.NO_CONVERSATION, Chat.NO_MESSAGE, Chat.NO_MESSAGE);
        }
    }

    record Cell(String verb, String role, String outcome) {

        void doIn(Conversations conversations, Place place) {
            BiConsumer<Conversations, Place> work =
                    Optional.ofNullable(VERBS.get(verb)).orElseThrow();
            work.accept(conversations, place);
        }

        @Override
        public String toString() {
            return verb + ", " + role + ": " + outcome;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRoleMayDoWhatTheTableSaysAndOfWhatIsRefusedNothingIsTold() {
        return cells(TABLE)
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    var chat = new Chat();
                    Place place = placeOf(cell.role(), chat);
                    List<ConversationEvent> before = List.copyOf(chat.told);

                    assertEquals(cell.outcome(), outcome(() -> cell.doIn(chat.conversations, place)));

                    if (!cell.outcome().equals("yes")) {
                        assertEquals(before, chat.told);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whoIsNotInItIsRefusedAsIfItWereNotThere() {
        Set<String> hidden = Set.of("former", "stranger", "outsider");
        return cells(TABLE)
                .filter(cell -> hidden.contains(cell.role()) && cell.outcome().equals("no"))
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    var chat = new Chat();
                    Place place = placeOf(cell.role(), chat);

                    assertEquals(
                            refusal(() -> cell.doIn(chat.conversations, place.whereNothingIs())),
                            refusal(() -> cell.doIn(chat.conversations, place)));
                }));
    }

    @Test
    void everyVerbHasItsRowAndEveryRowItsVerb() {
        Set<String> methods = methods(Conversations.class)
                .filter(method -> !BY_OTHERS.contains(method.getName()))
                .flatMap(method -> method.getParameterCount() == 0
                        ? methods(method.getReturnType()).map(part -> method.getName() + "." + part.getName())
                        : Stream.of(method.getName()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                methods,
                VERBS.keySet().stream().map(verb -> words(verb).get(0)).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                List.copyOf(VERBS.keySet()),
                cells(TABLE).map(Cell::verb).distinct().toList());
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method ->
                        Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()));
    }

    static Stream<Cell> cells(String table) {
        List<String> lines = table.lines().filter(line -> !line.isBlank()).toList();
        List<String> roles = words(lines.get(0));
        return lines.stream().skip(1).flatMap(line -> {
            List<String> words = words(line);
            int label = words.size() - roles.size();
            String verb = String.join(" ", words.subList(0, label));
            return IntStream.range(0, roles.size())
                    .mapToObj(column -> new Cell(verb, roles.get(column), words.get(label + column)));
        });
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }

    static Place placeOf(String role, Chat chat) {
        var me = new UserId(role);
        boolean isDirect = role.equals("talker") || role.equals("outsider");
        return isDirect ? inDirect(chat, me) : inGroup(chat, me, role.equals("passerby"));
    }

    private static Place inGroup(Chat chat, UserId me, boolean open) {
        var admin = new UserId("admin");
        var muted = new UserId("muted");
        var former = new UserId("former");
        UserId[] members = {admin, DEPUTY, new UserId("member"), muted, former, OTHER};
        ConversationId group = open ? chat.publicGroup(OWNER, members) : chat.group(OWNER, members);
        ChatMessageId theirs = chat.say(OTHER, group, "a").id();
        ChatMessageId mine =
                chat.users(OWNER, group).contains(me) ? chat.say(me, group, "a").id() : theirs;
        chat.conversations.appoint(OWNER, group, admin, Role.ADMIN);
        chat.conversations.appoint(OWNER, group, DEPUTY, Role.ADMIN);
        chat.conversations.mute(OWNER, group, muted);
        chat.conversations.remove(OWNER, group, former);
        return new Place(me, group, mine, theirs);
    }

    private static Place inDirect(Chat chat, UserId me) {
        var talker = new UserId("talker");
        ConversationId direct = chat.conversations.openDirect(talker, OTHER).id();
        ChatMessageId theirs = chat.say(OTHER, direct, "a").id();
        ChatMessageId talkers = chat.say(talker, direct, "a").id();
        return new Place(me, direct, me.equals(talker) ? talkers : theirs, theirs);
    }

    static String outcome(Runnable work) {
        try {
            work.run();
            return "yes";
        } catch (NotAllowedException e) {
            return "no";
        } catch (PeerException e) {
            return e.code();
        }
    }

    static List<Object> refusal(Runnable work) {
        PeerException refusal = assertThrows(PeerException.class, work::run);
        return List.of(refusal.getClass(), refusal.code(), refusal.text(), refusal.problems());
    }
}
