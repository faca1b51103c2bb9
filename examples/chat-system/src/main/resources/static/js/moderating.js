// What those who moderate do to somebody: each asks for how long, and why.

import { api } from '/js/api.js';
import { attempt, choice, closeDialog, field, form, openDialog } from '/js/dialog.js';

const TERMS = [['600', '10 minutes'], ['3600', 'An hour'], ['86400', 'A day'], ['604800', 'A week'], ['', 'Until it is taken back']];

export const pathOf = (conversation, user) => `/conversations/${conversation}/participants/${encodeURIComponent(user)}`;

/** Takes somebody's voice. */
export const muting = about => ask(`Mute ${about.name}`, 'Mute', about, (seconds, reason) =>
  api.put(`${pathOf(about.conversation, about.user)}/voice`, { muted: true, seconds, reason }));

/** Takes somebody out, and keeps them out. */
export const banning = about => ask(`Ban ${about.name}`, 'Ban', about, (seconds, reason) =>
  api.put(`/conversations/${about.conversation}/bans/${encodeURIComponent(about.user)}`, { seconds, reason }));

/** Takes somebody out, who may come back. */
export const kicking = about => ask(`Kick ${about.name}`, 'Kick', about, (seconds, reason) =>
  api.post(`${pathOf(about.conversation, about.user)}/kick`, { reason }), false);

function ask(title, label, { then = closeDialog }, act, hasTerm = true) {
  const term = choice('For how long', TERMS);
  const reason = field('Reason', { maxlength: 500, placeholder: 'It is kept in the audit log' });
  const work = async () => {
    const seconds = term.input.value ? Number(term.input.value) : null;
    if (await attempt(() => act(seconds, reason.input.value.trim())) !== undefined) then();
  };
  openDialog(title, form(label, work, hasTerm && term.row, reason.row));
}
