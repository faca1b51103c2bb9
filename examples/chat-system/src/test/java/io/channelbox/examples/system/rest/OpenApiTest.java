package io.channelbox.examples.system.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.DayActivity;
import io.channelbox.conversation.Highlight;
import io.channelbox.conversation.Reactions;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.ChatSystem;
import io.channelbox.examples.system.live.OnlineUsers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The document says what the controllers do: the same paths, methods and fields, no more and no less. */
@SpringBootTest(classes = ChatSystem.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = "chat.demo=true")
class OpenApiTest {

    private static final Map<String, Class<?>> SCHEMAS = Map.ofEntries(
            Map.entry("Conversation", Views.ConversationJson.class),
            Map.entry("Group", Views.GroupJson.class),
            Map.entry("Participant", Views.ParticipantJson.class),
            Map.entry("Message", MessageView.class),
            Map.entry("Reactions", Reactions.class),
            Map.entry("Attachment", Attachment.class),
            Map.entry("Upload", Attachment.class),
            Map.entry("Presence", OnlineUsers.PresenceView.class),
            Map.entry("ChatUser", PeopleController.ChatUser.class),
            Map.entry("Blocked", BlockController.Blocked.class),
            Map.entry("Success", Views.Success.class),
            Map.entry("Token", LoginController.Token.class),
            Map.entry("Refusal", Refusals.Refusal.class),
            Map.entry("Mistake", Refusals.Mistake.class),
            Map.entry("NewConversation", Bodies.NewConversation.class),
            Map.entry("Details", Bodies.Details.class),
            Map.entry("NewMessage", Bodies.NewMessage.class),
            Map.entry("ForwardedFrom", MessageView.Forwarded.class),
            Map.entry("Edited", Bodies.Edited.class),
            Map.entry("Read", Bodies.Read.class),
            Map.entry("Direct", Bodies.Direct.class),
            Map.entry("Typing", Bodies.Typing.class),
            Map.entry("NewPresence", Bodies.Presence.class),
            Map.entry("Reaction", Bodies.Reaction.class),
            Map.entry("Somebody", Bodies.Somebody.class),
            Map.entry("Place", Bodies.Place.class),
            Map.entry("Partner", Views.Partner.class),
            Map.entry("Me", PeopleController.Me.class),
            Map.entry("Highlight", Highlight.class),
            Map.entry("Hit", SearchController.HitJson.class),
            Map.entry("Found", SearchController.FoundJson.class),
            Map.entry("Pin", PinController.PinJson.class),
            Map.entry("Forward", Bodies.Forwarded.class),
            Map.entry("NewReport", Bodies.Reported.class),
            Map.entry("NewSettings", Bodies.Settings.class),
            Map.entry("Settings", SettingsController.SettingsJson.class),
            Map.entry("NewInvitation", Bodies.NewInvitation.class),
            Map.entry("IssuedInvitation", InvitationController.IssuedJson.class),
            Map.entry("Invitation", InvitationController.InvitationJson.class),
            Map.entry("Accepted", Bodies.Accepted.class),
            Map.entry("Voice", Bodies.Voice.class),
            Map.entry("NewBan", Bodies.Banned.class),
            Map.entry("Ban", BanController.BanJson.class),
            Map.entry("Reason", Bodies.Reason.class),
            Map.entry("NewLimits", Bodies.Limits.class),
            Map.entry("Limits", ModerationController.LimitsJson.class),
            Map.entry("Report", ReportController.ReportJson.class),
            Map.entry("ReportedMessage", ReportController.ReportedJson.class),
            Map.entry("AuditEntry", AuditController.AuditJson.class),
            Map.entry("DayActivity", DayActivity.class),
            Map.entry("Missed", DigestController.MissedJson.class),
            Map.entry("ExportedReaction", Exports.ReactionJson.class),
            Map.entry("Export", Exports.ExportJson.class),
            Map.entry("ExportedPin", Exports.MadePinJson.class),
            Map.entry("ExportedInvitation", Exports.MadeInvitationJson.class),
            Map.entry("ExportedReport", Exports.MadeReportJson.class),
            Map.entry("Seen", Exports.SeenJson.class),
            Map.entry("Allowed", AllowedController.AllowedJson.class),
            Map.entry("Login", Bodies.Login.class));

    @TempDir
    static Path folder;

    private static JsonNode document;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("chat.data", () -> folder.toString());
    }

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = OpenApiTest.class.getResourceAsStream("/static/openapi.json")) {
            document = new ObjectMapper().readTree(Objects.requireNonNull(file));
        }
    }

    @Test
    void everyPathAndMethodOfTheControllersIsDescribedAndNoOther() {
        Set<String> mapped = new TreeSet<>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getName().startsWith("io.channelbox.")) {
                mapped.addAll(linesOf(info));
            }
        });
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));

        assertEquals(mapped, described);
    }

    private static Set<String> linesOf(RequestMappingInfo info) {
        Set<String> lines = new HashSet<>();
        info.getPatternValues()
                .forEach(path -> info.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> lines.add(method.name().toLowerCase(Locale.ROOT) + " " + path)));
        return lines;
    }

    @Test
    void everyObjectHasTheFieldsOfItsRecordAndNoOther() {
        SCHEMAS.forEach((name, type) -> {
            Set<String> described = new TreeSet<>();
            schema(name).path("properties").fieldNames().forEachRemaining(described::add);

            assertEquals(fieldsOf(type), described, name);
        });
    }

    private static Set<String> fieldsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(new SnakeCaseStrategy()::translate)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRequestMayBeOneTooManyAndEveryBodyTooLarge() {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode answers = method.getValue().path("responses");

                    assertTrue(answers.has("429"), path.getKey());
                    assertEquals(method.getValue().has("requestBody"), answers.has("413"), path.getKey());
                }));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            String place = reference.asText().substring(1);

            assertFalse(document.at(place).isMissingNode(), place);
        }
    }

    private static JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }
}
