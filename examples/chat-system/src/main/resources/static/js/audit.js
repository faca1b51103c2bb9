// One thing that was done by somebody who moderates, in words.

import { el, named } from '/js/dom.js';
import { page } from '/js/state.js';
import { momentOf, spanOf } from '/js/voice.js';

const DONE = {
  mute: 'muted', unmute: 'gave their voice again to', kick: 'took out', ban: 'banned', unban: 'lifted the ban of',
  delete: 'deleted a message of', slow_mode: 'set slow mode', freeze: 'froze the group', thaw: 'let everybody speak again',
  resolve: 'took a report as right about', dismiss: 'dismissed a report about',
};

/** Returns what a user is called, as far as this page knows. */
export function nameOf(user, conversation) {
  const here = page.conversations.get(conversation)?.participants.get(user);
  return here?.username ?? page.people.get(user)?.name ?? (user === page.me.id ? page.me.name : user);
}

export const placeOf = conversation => page.conversations.get(conversation)?.title ?? `conversation ${conversation}`;

export function audited({ conversation_id, by_id, action, user_id, reason, until, slow_mode_seconds, at }) {
  const slow = action === 'slow_mode' ? (slow_mode_seconds ? ` to a message every ${spanOf(slow_mode_seconds)}` : ' off') : '';
  return [
    el('p', {}, named(nameOf(by_id, conversation_id)), ` ${DONE[action] ?? action}${slow}`, user_id && ' ', user_id && named(nameOf(user_id, conversation_id)),
      until && ` until ${momentOf(until)}`),
    reason && el('p', { class: 'why', dir: 'auto' }, reason),
    el('p', { class: 'note' }, el('time', { datetime: at }, momentOf(at)), ' · ', named(placeOf(conversation_id))),
  ].filter(Boolean);
}
