// Who is kept out of a group, and when its members may speak.

import { api } from '/js/api.js';
import { nameOf } from '/js/audit.js';
import { attempt, choice, field, submitting, tick } from '/js/dialog.js';
import { el, named } from '/js/dom.js';
import { momentOf } from '/js/voice.js';

const PAUSES = [['0', 'Off'], ['5', '5 seconds'], ['30', '30 seconds'], ['60', 'A minute'], ['300', '5 minutes'], ['3600', 'An hour']];
const PAGE = 50;

/** Shows who is banned, and lets them in again. */
export function bans(conversation) {
  const list = el('ul', { class: 'cases' });
  const more = el('button', { type: 'button', hidden: true }, 'Earlier ones');
  let oldest = null;
  const lift = (each, node) => attempt(async () => {
    await api.delete(`/conversations/${conversation.id}/bans/${encodeURIComponent(each.user_id)}`);
    node.remove();
  });
  const load = () => attempt(async () => {
    const some = await api.get(`/conversations/${conversation.id}/bans?limit=${PAGE}${oldest ? `&before=${oldest}` : ''}`);
    list.append(...some.map(each => {
      const node = el('li', {}, el('p', {}, named(nameOf(each.user_id, conversation.id)), each.until ? `, until ${momentOf(each.until)}` : '', each.holds ? '' : ' (over)'),
        each.reason && el('p', { class: 'why', dir: 'auto' }, each.reason),
        el('p', { class: 'acts' }, el('button', { type: 'button', onclick: () => lift(each, node) }, 'Lift the ban')));
      return node;
    }));
    oldest = some.at(-1)?.id ?? oldest;
    more.hidden = some.length < PAGE;
    if (!list.children.length) list.append(el('li', { class: 'note' }, 'Nobody is banned.'));
  });
  more.addEventListener('click', load);
  load();
  return el('div', {}, list, more);
}

/** Sets slow mode, and whether only admins speak. */
export function limits(conversation) {
  const current = String(conversation.about.slow_mode_seconds ?? 0);
  const known = PAUSES.some(([value]) => value === current) ? PAUSES : [...PAUSES, [current, `${current} seconds`]];
  const pause = choice('Slow mode: each member waits between two messages', known, current);
  const frozen = tick('Frozen: only admins speak', { checked: conversation.about.is_frozen });
  const reason = field('Reason', { maxlength: 500 });
  const told = el('span', { class: 'soft', role: 'status' });
  const save = () => {
    told.textContent = '';
    return attempt(async () => {
      const now = await api.put(`/conversations/${conversation.id}/limits`, { slow_mode_seconds: Number(pause.input.value), frozen: frozen.input.checked, reason: reason.input.value.trim() });
      conversation.take({ slow_mode_seconds: now.slow_mode_seconds, is_frozen: now.frozen });
      told.textContent = ' Kept.';
    });
  };
  return el('form', { onsubmit: submitting(save) }, pause.row, frozen.row, reason.row, el('p', {}, el('button', { class: 'primary' }, 'Save'), told));
}
