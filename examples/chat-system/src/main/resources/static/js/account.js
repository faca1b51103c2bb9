// What is kept of this user: they can have it as a file, and take it away.

import { api } from '/js/api.js';
import { attempt, closeDialog, field, openDialog, problem } from '/js/dialog.js';
import { el, named } from '/js/dom.js';
import { page } from '/js/state.js';

const PARTS = ['messages', 'reactions', 'conversations', 'blocks', 'pins', 'invitations', 'reports', 'groups', 'presence'];

/** Opens it; `left` is done when the account is no more. */
export function openAccount(left) {
  const told = el('p', { class: 'soft', role: 'status' });
  const save = el('button', { type: 'button', onclick: () => attempt(() => exportAll(told, save)) }, 'Export my data');
  const name = field('Your name', { placeholder: page.me.name, required: true });
  const erase = el('button', { class: 'alarm', disabled: true }, 'Erase my account');
  name.input.addEventListener('input', () => (erase.disabled = name.input.value !== page.me.name));
  const confirmed = async event => {
    event.preventDefault();
    if (name.input.value !== page.me.name || await attempt(() => api.delete('/users/me')) === undefined) return;
    closeDialog();
    left('Your account was erased.');
  };
  openDialog('Your account',
    el('section', {}, el('h3', {}, 'Your data'), el('p', { class: 'note' }, 'All that you have said, your reactions, conversations with their settings, blocks, pins, invitations and reports, and when you were last here, as one JSON file.'), save, told),
    el('form', { onsubmit: confirmed }, el('h3', {}, 'Erase'),
      el('p', { class: 'note' }, 'What you have said is taken away everywhere, and you leave all groups. It cannot be undone. To go on, type ', named(page.me.name), '.'), name.row, problem, erase));
}

async function exportAll(told, button) {
  button.disabled = true;
  try {
    const all = { user: { id: page.me.id, name: page.me.name } };
    for (const part of PARTS) {
      all[part] = [];
      let after = null;
      do {
        const { items, next } = await api.get(`/users/me/export?part=${part}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`);
        all[part].push(...items);
        after = next ?? null;
        told.textContent = `${all[part].length} ${part}…`;
      } while (after !== null);
    }
    const address = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }));
    el('a', { href: address, download: 'my-chat-data.json' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    told.textContent = 'It is saved as my-chat-data.json.';
  } finally {
    button.disabled = false;
  }
}
