package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who may come into groups by themselves. The rules, and what is thrown, are as with {@link Conversations}, which has them. */
public final class Invitations {

    /** How many invitations that work a group has at most. */
    public static final int MOST = 100;

    private static final int LONGEST_TOKEN = 100;

    private final ConversationStore store;
    private final Changes changes;
    private final People people;
    private final InstantSource clock;
    private final Tokens tokens = new Tokens();

    Invitations(ConversationStore store, Changes changes, People people, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.people = people;
        this.clock = clock;
    }

    /**
     * Makes an invitation to a group, that lets in whoever has its token. Admins may. It stays when who made it is no longer one.
     *
     * @throws io.channelbox.message.PeerException {@code full} when {@value #MOST} work, or {@code archived}
     */
    public IssuedInvitation invite(UserId me, ConversationId id, InvitationTerms terms) {
        Objects.requireNonNull(terms, "terms");
        String token = tokens.next();
        return changes.of(id, change -> {
            requireAdmin(me, change);
            change.requireActive();
            if (terms.endsAt().filter(end -> !end.isAfter(change.now())).isPresent()) {
                throw Texts.refusal("ends_at", "must be later than now");
            }
            forgetWhatWorksNoMore(change);
            InvitationWriter kept = change.store().invitations();
            if (kept.of(id).size() >= MOST) {
                throw new PeerException(Conversations.FULL, MOST + " invitations work: revoke one first");
            }
            var made = new Invitation(kept.newId(), id, me, change.now(), terms, 0);
            kept.add(made, Tokens.hash(token));
            return new IssuedInvitation(made, token);
        });
    }

    private static void forgetWhatWorksNoMore(Change change) {
        InvitationWriter kept = change.store().invitations();
        kept.of(change.id()).stream().filter(each -> !each.works(change.now())).forEach(each -> kept.remove(each.id()));
    }

    /** Returns the invitations to a group that work, the newest first. Admins may. */
    public List<Invitation> list(UserId me, ConversationId id) {
        Instant now = clock.instant();
        return store.read(kept -> {
            requireAdmin(me, id, kept);
            return kept.invitations().of(id).stream()
                    .filter(each -> each.works(now))
                    .toList();
        });
    }

    /** Revokes an invitation. Admins of its group may. Answers false when there is none that works. */
    public boolean revoke(UserId me, ConversationId id, InvitationId invitation) {
        return changes.of(id, change -> {
            requireAdmin(me, change);
            InvitationWriter kept = change.store().invitations();
            Optional<Invitation> found =
                    kept.find(invitation).filter(each -> each.conversation().equals(id));
            found.ifPresent(each -> kept.remove(each.id()));
            return found.filter(each -> each.works(change.now())).isPresent();
        });
    }

    /** Comes into the group that a token is for. Who is in it stays as they are, and uses nothing up. */
    public Participant accept(UserId me, String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw new NotAllowedException();
        }
        Profile mine = people.known(me);
        String hash = Tokens.hash(token);
        Invitation told = store.read(kept -> kept.invitations().withHash(hash)).orElseThrow(NotAllowedException::new);
        return changes.of(told.conversation(), change -> {
            Optional<Participant> there = change.store().participant(change.id(), me);
            return there.orElseGet(() -> {
                Invitation found = change.store()
                        .invitations()
                        .withHash(hash)
                        .filter(each -> each.works(change.now()))
                        .orElseThrow(NotAllowedException::new);
                change.store().invitations().update(found.usedOnceMore());
                return change.add(mine, me);
            });
        });
    }

    /**
     * Lets somebody join a group by themselves, and see what it is called. Admins may. Answers false when they may already, or are in it.
     *
     * @throws io.channelbox.message.PeerException {@code archived} or {@code banned}
     */
    public boolean allow(UserId me, ConversationId id, UserId user) {
        people.known(user);
        return changes.of(id, change -> {
            requireAdmin(me, change);
            People.refuseIfBlocked(change.store(), me, user);
            change.requireComing(user, me);
            if (change.store().participant(id, user).isPresent()) {
                return false;
            }
            var allowed = new AllowedUser(change.store().newParticipantNumber(), id, user, me, change.now());
            boolean added = change.store().invitations().allow(allowed);
            if (added) {
                change.telling().accept(new ConversationEvent.Allowed(change.conversation(), user, me, true));
            }
            return added;
        });
    }

    /** Lets somebody join a group by themselves no more. Admins may. Answers false when they could not. */
    public boolean disallow(UserId me, ConversationId id, UserId user) {
        return changes.of(id, change -> {
            requireAdmin(me, change);
            return change.disallow(user, me);
        });
    }

    /** Returns those who may join a group by themselves, who was allowed first first, behind this {@link AllowedUser#number()}; 0 is from the beginning. Admins may. */
    public List<AllowedUser> allowed(UserId me, ConversationId id, long afterNumber, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> {
            requireAdmin(me, id, kept);
            return kept.invitations().allowed(id, afterNumber, most);
        });
    }

    /** Returns the active groups that the user was allowed to join, the newest first: the first ones, or those before this one. */
    public List<Conversation> openTo(UserId me, Optional<ConversationId> before, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.invitations().openTo(me, before, most));
    }

    /** In a direct conversation nobody is. */
    private static void requireAdmin(UserId me, ConversationId id, ConversationReader kept) {
        boolean isAdmin = kept.participant(id, me)
                .filter(mine -> mine.role().isAtLeast(Role.ADMIN))
                .isPresent();
        if (!isAdmin) {
            throw new NotAllowedException();
        }
    }

    private static void requireAdmin(UserId me, Change change) {
        change.requireGroup();
        change.require(me, Role.ADMIN);
    }
}
