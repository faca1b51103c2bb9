// The messages that are kept at hand, in a bar above the conversation.

import { api } from '/js/api.js';
import { failed } from '/js/dialog.js';
import { button, byId, el, icon, named } from '/js/dom.js';
import { page, whenDrawn } from '/js/state.js';
import { jumpTo } from '/js/talk.js';

let isOpen = false;
let shown = '';

byId('pins-open').addEventListener('click', () => {
  isOpen = !isOpen;
  show();
});

byId('pins').addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !isOpen) return;
  event.stopPropagation();
  isOpen = false;
  show();
  byId('pins-open').focus();
});

whenDrawn(() => {
  const { current } = page;
  const state = JSON.stringify([current?.id, current?.pins, current?.mayPin]);
  if (state === shown) return;
  if (JSON.parse(shown || '[0]')[0] !== current?.id) isOpen = false;
  shown = state;
  show();
});

const textOf = message => message.content || message.attachments?.[0]?.name || '';

function show() {
  const conversation = page.current;
  const pins = conversation?.pins ?? [];
  byId('pins').hidden = !pins.length;
  byId('pins-open').setAttribute('aria-expanded', String(isOpen));
  byId('pins-list').hidden = !isOpen;
  if (!pins.length) return;
  byId('pins-text').replaceChildren(pins.length > 1 ? `${pins.length} pinned messages: ` : 'Pinned: ', named(textOf(pins[0].message).slice(0, 120)));
  byId('pins-list').replaceChildren(...pins.map(({ message }) => el('li', {},
    el('button', { type: 'button', class: 'entry', onclick: () => { isOpen = false; show(); jumpTo(conversation, message.id); } },
      el('span', { class: 'label' }, el('span', { class: 'name' }, named(message.username)), el('span', { class: 'last' }, el('bdi', {}, textOf(message))))),
    conversation.mayPin && button('Unpin', icon('close'), () => api.delete(`/messages/${message.id}/pin`).catch(failed)))));
}
