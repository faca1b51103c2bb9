// The list of conversations.

import { avatar, byId, el, named, shortly, unseen } from '/js/dom.js';

export const statusOf = (people, user) => people.get(user)?.status ?? 'offline';

function entry(conversation, { current, people, open }) {
  const { about } = conversation;
  const status = conversation.partner && statusOf(people, conversation.partner.user_id);
  const badge = about.unread_count > 0 && el('span', { class: 'badge' }, about.unread_count > 99 ? '99+' : String(about.unread_count), unseen(' unread'));
  const mention = about.mentions > 0 && el('span', { class: 'badge mention' }, el('span', { 'aria-hidden': 'true' }, '@'), unseen(`${about.mentions} mention you`));
  return el('li', {}, el('button', {
    type: 'button',
    class: 'entry',
    'aria-current': conversation.id === current ? 'true' : null,
    'data-id': conversation.id,
    onclick: () => open(conversation.id),
  },
  avatar(conversation.title, status),
  el('span', { class: 'label' },
    el('span', { class: 'name' }, named(conversation.title), !about.is_active && el('span', { class: 'soft' }, ' archived'), conversation.isQuiet && el('span', { class: 'soft' }, ' notifications off'), status && unseen(`, ${status}`)),
    el('span', { class: 'last' }, conversation.hidesNewest ? 'Hidden' : el('bdi', {}, about.last_message ?? 'No messages yet'))),
  el('span', { class: 'meta' }, el('time', { datetime: about.last_message_at }, shortly(about.last_message_at)), el('span', { class: 'badges' }, mention, badge))));
}

/** Shows the conversations that fit the filter, the one with the newest message first; the focus stays with its conversation. */
export function showList(conversations, options) {
  const list = byId('list');
  const held = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const wanted = options.filter.trim().toLocaleLowerCase();
  const shown = [...conversations.values()]
    .filter(each => each.about.archived === options.archived)
    .filter(each => each.title.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => b.about.last_message_at.localeCompare(a.about.last_message_at) || b.id - a.id);
  list.replaceChildren(...shown.map(each => entry(each, options)));
  if (!shown.length) list.append(el('li', { class: 'empty' }, wanted ? 'Nothing is called so.' : options.archived ? 'Nothing is archived.' : 'No conversations yet. Begin one with the plus.'));
  if (held) list.querySelector(`[data-id="${CSS.escape(held)}"]`)?.focus();
  const unread = [...conversations.values()].reduce((sum, each) => sum + (each.about.unread_count > 0 && !each.isQuiet ? 1 : 0), 0);
  byId('back-badge').hidden = !unread;
  byId('back-badge').textContent = unread;
  return unread;
}
