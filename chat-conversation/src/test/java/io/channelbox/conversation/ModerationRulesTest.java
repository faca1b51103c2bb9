package io.channelbox.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.RulesTest.Cell;
import io.channelbox.conversation.RulesTest.Place;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.message.UserId;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may moderate what, as in {@link RulesTest}; and what moderators and those who are banned may do otherwise. */
class ModerationRulesTest {

    /** A moderator is in no conversation, nor is who is banned from a public one. */
    private static final String TABLE = """
                              owner  admin  member muted  former stranger passerby talker outsider banned moderator
            mute a member     yes    yes    no     no     no     no       no       no     no       no     yes
            mute an admin     yes    no     no     no     no     no       no       no     no       no     yes
            mute the owner    no     no     no     no     no     no       no       no     no       no     yes
            unmute a member   yes    yes    no     no     no     no       no       no     no       no     yes
            unmute an admin   yes    no     no     no     no     no       no       no     no       no     yes
            kick a member     yes    yes    no     no     no     no       no       no     no       no     yes
            kick an admin     yes    no     no     no     no     no       no       no     no       no     yes
            kick the owner    no     no     no     no     no     no       no       no     no       no     owner
            ban a member      yes    yes    no     no     no     no       no       no     no       no     yes
            ban an admin      yes    no     no     no     no     no       no       no     no       no     yes
            ban the owner     no     no     no     no     no     no       no       no     no       no     owner
            ban who is away   yes    yes    no     no     no     no       no       no     no       no     yes
            unban             yes    yes    no     no     no     no       no       no     no       no     yes
            delete            yes    yes    no     no     no     no       no       no     no       no     yes
            slowTo            yes    yes    no     no     no     no       no       no     no       no     yes
            freeze            yes    yes    no     no     no     no       no       no     no       no     yes
            thaw              yes    yes    no     no     no     no       no       no     no       no     yes
            report of member  yes    yes    no     no     no     no       no       no     no       no     yes
            report of admin   yes    no     no     no     no     no       no       no     no       no     yes
            resolve of member yes    yes    no     no     no     no       no       no     no       no     yes
            resolve of admin  yes    no     no     no     no     no       no       no     no       no     yes
            dismiss of member yes    yes    no     no     no     no       no       no     no       no     yes
            dismiss of admin  yes    no     no     no     no     no       no       no     no       no     yes
            openReports       yes    yes    no     no     no     no       no       no     no       no     yes
            openReports all   no     no     no     no     no     no       no       no     no       no     yes
            bans              yes    yes    no     no     no     no       no       no     no       no     yes
            audit             yes    yes    no     no     no     no       no       no     no       no     yes
            audit all         no     no     no     no     no     no       no       no     no       no     yes
            """;

    /** What is not named here neither of them may. */
    private static final String OTHERWISE = """
                              banned moderator
            openDirect        yes    yes
            createGroup       yes    yes
            list              yes    yes
            publicGroups      yes    yes
            block             yes    yes
            unblock           yes    yes
            blocked           yes    yes
            conversation      no     no
            join              no     no
            messages          no     no
            send              no     no
            report            no     no
            """;

    private static final UserId AWAY = new UserId("away");

    private static final Map<String, BiConsumer<Moderation, Case>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("mute a member", (all, at) -> all.mute(at.me(), at.here(), RulesTest.OTHER, Term.open(), "r"));
        VERBS.put("mute an admin", (all, at) -> all.mute(at.me(), at.here(), RulesTest.DEPUTY, Term.open(), "r"));
        VERBS.put("mute the owner", (all, at) -> all.mute(at.me(), at.here(), RulesTest.OWNER, Term.open(), "r"));
        VERBS.put("unmute a member", (all, at) -> all.unmute(at.me(), at.here(), RulesTest.OTHER, "r"));
        VERBS.put("unmute an admin", (all, at) -> all.unmute(at.me(), at.here(), RulesTest.DEPUTY, "r"));
        VERBS.put("kick a member", (all, at) -> all.kick(at.me(), at.here(), RulesTest.OTHER, "r"));
        VERBS.put("kick an admin", (all, at) -> all.kick(at.me(), at.here(), RulesTest.DEPUTY, "r"));
        VERBS.put("kick the owner", (all, at) -> all.kick(at.me(), at.here(), RulesTest.OWNER, "r"));
        VERBS.put("ban a member", (all, at) -> all.ban(at.me(), at.here(), RulesTest.OTHER, Term.open(), "r"));
        VERBS.put("ban an admin", (all, at) -> all.ban(at.me(), at.here(), RulesTest.DEPUTY, Term.open(), "r"));
        VERBS.put("ban the owner", (all, at) -> all.ban(at.me(), at.here(), RulesTest.OWNER, Term.open(), "r"));
        VERBS.put("ban who is away", (all, at) -> all.ban(at.me(), at.here(), AWAY, Term.open(), "r"));
        VERBS.put("unban", (all, at) -> all.unban(at.me(), at.here(), AWAY, "r"));
        VERBS.put("delete", (all, at) -> all.delete(at.me(), at.theirs(), "r"));
        VERBS.put("slowTo", (all, at) -> all.slowTo(at.me(), at.here(), Duration.ofSeconds(1), "r"));
        VERBS.put("freeze", (all, at) -> all.freeze(at.me(), at.here(), "r"));
        VERBS.put("thaw", (all, at) -> all.thaw(at.me(), at.here(), "r"));
        VERBS.put("report of member", (all, at) -> all.report(at.me(), at.ofMember()));
        VERBS.put("report of admin", (all, at) -> all.report(at.me(), at.ofAdmin()));
        VERBS.put("resolve of member", (all, at) -> all.resolve(at.me(), at.ofMember(), "r"));
        VERBS.put("resolve of admin", (all, at) -> all.resolve(at.me(), at.ofAdmin(), "r"));
        VERBS.put("dismiss of member", (all, at) -> all.dismiss(at.me(), at.ofMember(), "r"));
        VERBS.put("dismiss of admin", (all, at) -> all.dismiss(at.me(), at.ofAdmin(), "r"));
        VERBS.put("openReports", (all, at) -> all.openReports(at.me(), at.here(), OptionalLong.empty(), 10));
        VERBS.put("openReports all", (all, at) -> all.openReports(at.me(), OptionalLong.empty(), 10));
        VERBS.put("bans", (all, at) -> all.bans(at.me(), at.here(), OptionalLong.empty(), 10));
        VERBS.put("audit", (all, at) -> all.audit(at.me(), at.here(), OptionalLong.empty(), 10));
        VERBS.put("audit all", (all, at) -> all.audit(at.me(), OptionalLong.empty(), 10));
    }

    /** Somebody, a conversation, a message of another there, and reports of what a member and an admin have said in a group. */
    private record Case(UserId me, ConversationId here, ChatMessageId theirs, long ofMember, long ofAdmin) {

        static Case of(String role, Chat chat) {
            Place place = place(role, chat);
            ConversationId group = chat.group(RulesTest.OWNER, RulesTest.OTHER, RulesTest.DEPUTY);
            boolean isGroup = !role.equals("talker") && !role.equals("outsider");
            ConversationId reported = isGroup ? place.here() : group;
            return new Case(
                    place.me(),
                    place.here(),
                    place.theirs(),
                    report(chat, reported, RulesTest.OTHER),
                    report(chat, reported, RulesTest.DEPUTY));
        }

        private static long report(Chat chat, ConversationId group, UserId author) {
            if (chat.role(RulesTest.DEPUTY, group) == Role.MEMBER) {
                chat.conversations.appoint(RulesTest.OWNER, group, RulesTest.DEPUTY, Role.ADMIN);
            }
            ChatMessage said = chat.say(author, group, "b");
            return chat.conversations
                    .report(RulesTest.OWNER, said.id(), "spam", "")
                    .number();
        }

        Case whereNothingIs() {
            return new Case(me, Chat.NO_CONVERSATION, Chat.NO_MESSAGE, 999_999, 999_999);
        }
    }

    private static Place place(String role, Chat chat) {
        if (!role.equals("banned")) {
            return RulesTest.placeOf(role, chat);
        }
        Place open = RulesTest.placeOf("passerby", chat);
        var me = new UserId(role);
        chat.moderation.ban(RulesTest.OWNER, open.here(), me, Term.open(), "r");
        return new Place(me, open.here(), open.theirs(), open.theirs());
    }

    @TestFactory
    Stream<DynamicTest> everyRoleMayDoWhatTheTableSaysAndOfWhatIsRefusedNothingIsTold() {
        return RulesTest.cells(TABLE)
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    var chat = new Chat();
                    Case place = Case.of(cell.role(), chat);
                    List<ConversationEvent> before = List.copyOf(chat.told);

                    assertEquals(
                            cell.outcome(), RulesTest.outcome(() -> work(cell).accept(chat.moderation, place)));

                    if (!cell.outcome().equals("yes")) {
                        assertEquals(before, chat.told);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whoMayNotModerateLearnsNothing() {
        return RulesTest.cells(TABLE)
                .filter(cell -> cell.outcome().equals("no"))
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    var chat = new Chat();
                    Case place = Case.of(cell.role(), chat);

                    assertEquals(
                            RulesTest.refusal(() -> work(cell).accept(chat.moderation, place.whereNothingIs())),
                            RulesTest.refusal(() -> work(cell).accept(chat.moderation, place)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> whoModeratesEverywhereOrIsBannedIsAStrangerOtherwise() {
        return RulesTest.cells(OTHERWISE)
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    var chat = new Chat();
                    Place place =
                            cell.role().equals("banned") ? place("banned", chat) : RulesTest.placeOf("moderator", chat);

                    assertEquals(cell.outcome(), RulesTest.outcome(() -> cell.doIn(chat.conversations, place)));
                }));
    }

    @Test
    void everyVerbHasItsRowAndEveryRowItsVerb() {
        Set<String> methods = Arrays.stream(Moderation.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                methods,
                VERBS.keySet().stream()
                        .map(verb -> List.of(verb.split(" ", -1)).get(0))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                List.copyOf(VERBS.keySet()),
                RulesTest.cells(TABLE).map(Cell::verb).distinct().toList());
    }

    private static BiConsumer<Moderation, Case> work(Cell cell) {
        return Objects.requireNonNull(VERBS.get(cell.verb()), cell.verb());
    }
}
