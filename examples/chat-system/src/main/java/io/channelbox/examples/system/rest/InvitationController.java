package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationId;
import io.channelbox.conversation.InvitationTerms;
import io.channelbox.conversation.IssuedInvitation;
import io.channelbox.conversation.Participant;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Invitations to groups. Who has the token of one may come in. */
@RestController
@RequestMapping("/api/v1/chat")
class InvitationController {

    /** A new invitation; its token is told once. */
    record IssuedJson(long id, String token, Optional<Instant> endsAt, Optional<Integer> uses) {

        static IssuedJson of(IssuedInvitation issued) {
            InvitationTerms terms = issued.invitation().terms();
            return new IssuedJson(issued.invitation().id().value(), issued.token(), terms.endsAt(), terms.uses());
        }
    }

    /** An invitation that works. */
    record InvitationJson(
            long id, Optional<Instant> endsAt, Optional<Integer> uses, int used, String invitedBy, Instant createdAt) {

        static InvitationJson of(Invitation invitation) {
            return new InvitationJson(
                    invitation.id().value(),
                    invitation.terms().endsAt(),
                    invitation.terms().uses(),
                    invitation.used(),
                    invitation.by().value(),
                    invitation.createdAt());
        }
    }

    private final Conversations conversations;
    private final ConversationViews views;

    InvitationController(Conversations conversations, ConversationViews views) {
        this.conversations = conversations;
        this.views = views;
    }

    @PostMapping("/conversations/{id}/invitations")
    IssuedJson invite(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestBody Bodies.NewInvitation body) {
        var terms = new InvitationTerms(Optional.ofNullable(body.endsAt()), Optional.ofNullable(body.uses()));
        return IssuedJson.of(conversations.invitations().invite(me, conversation(id), terms));
    }

    @GetMapping("/conversations/{id}/invitations")
    List<InvitationJson> all(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return conversations.invitations().list(me, conversation(id)).stream()
                .map(InvitationJson::of)
                .toList();
    }

    @DeleteMapping("/conversations/{id}/invitations/{invitation}")
    Success revoke(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @PathVariable long invitation) {
        if (invitation < 1) {
            throw wrong("path.invitation", "must be at least 1");
        }
        return new Success(conversations.invitations().revoke(me, conversation(id), new InvitationId(invitation)));
    }

    @PostMapping("/invitations/accept")
    ConversationJson accept(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.Accepted body) {
        Participant mine = conversations.invitations().accept(me, require("token", body.token()));
        return views.of(me, mine.conversation());
    }
}
