// Invitations to a group: a link lets in whoever has it, until it ends.

import { api } from '/js/api.js';
import { attempt, choice, field, form, openDialog } from '/js/dialog.js';
import { el } from '/js/dom.js';
import { momentOf } from '/js/voice.js';

const DAY = 86_400_000;

/** Shows those of a conversation, and makes new ones. The link of one that was `made` is shown now, and never again. */
export async function invitations(conversation, made) {
  const base = `/conversations/${conversation.id}/invitations`;
  const all = await attempt(() => api.get(base)) ?? [];
  const ends = choice('Ends after', [[String(DAY), 'A day'], [String(7 * DAY), 'A week'], ['', 'Never']]);
  const uses = field('For how many people', { type: 'number', min: 1, max: 10_000, placeholder: 'any number' });
  const invite = async () => {
    const issued = await attempt(() => api.post(base, {
      ends_at: ends.input.value ? new Date(Date.now() + Number(ends.input.value)).toISOString() : null,
      uses: uses.input.value ? Number(uses.input.value) : null,
    }));
    if (issued) invitations(conversation, issued);
  };
  const revoke = async id => {
    if (await attempt(() => api.delete(`${base}/${id}`))) invitations(conversation);
  };
  openDialog(`Invitations to ${conversation.title}`,
    made && link(made.token),
    form('Make an invitation', invite, ends.row, uses.row),
    el('ul', { class: 'people', 'aria-label': 'Invitations' }, ...all.map(each => el('li', {},
      el('span', { class: 'label' }, `${each.used} of ${each.uses ?? 'any number of'} people`,
        el('span', { class: 'soft' }, each.ends_at ? `, ends ${momentOf(each.ends_at)}` : ', never ends', `, made ${momentOf(each.created_at)}`)),
      el('button', { type: 'button', onclick: () => revoke(each.id) }, 'Revoke')))));
}

function link(token) {
  const address = field('Link, which is shown only now', { readonly: true, value: `${location.origin}/#join=${encodeURIComponent(token)}`, dir: 'ltr' });
  const told = el('span', { class: 'soft', role: 'status' });
  const copy = async () => {
    address.input.select();
    try {
      await navigator.clipboard.writeText(address.input.value);
      told.textContent = ' Copied.';
    } catch {
      told.textContent = ' Press Ctrl+C to copy it.';
    }
  };
  return el('div', { class: 'fresh' }, address.row, el('button', { type: 'button', onclick: copy }, 'Copy'), told);
}
