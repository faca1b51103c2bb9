// A report, with what was said, and what those who moderate can do about it.

import { api } from '/js/api.js';
import { attempt } from '/js/dialog.js';
import { el, named, timeOf } from '/js/dom.js';
import { nameOf, placeOf } from '/js/audit.js';
import { banning, muting } from '/js/moderating.js';
import { momentOf } from '/js/voice.js';

/** Shows one; `again` shows the panel once more, after something was done elsewhere. */
export function reported(report, again) {
  const { id, conversation_id, message_id, author_id, content, reported_by, reason, text, reported_at } = report;
  const author = nameOf(author_id, conversation_id);
  const why = el('input', { 'aria-label': 'Reason', placeholder: 'Reason', maxlength: 500, dir: 'auto' });
  const context = el('div', { class: 'context' });
  const act = (label, work) => el('button', { type: 'button', onclick: () => attempt(work) }, label);
  const about = { conversation: conversation_id, user: author_id, name: author, then: again };
  return [
    el('p', {}, named(nameOf(reported_by, conversation_id)), ' reported ', named(author), ' for ', el('b', { dir: 'auto' }, reason)),
    el('blockquote', { dir: 'auto' }, content || 'No text'),
    text && el('p', { class: 'why', dir: 'auto' }, text),
    el('p', { class: 'note' }, el('time', { datetime: reported_at }, momentOf(reported_at)), ' · ', named(placeOf(conversation_id))),
    context,
    why,
    el('p', { class: 'acts' },
      act('Resolve', () => api.post(`/moderation/reports/${id}/resolve`, { reason: why.value.trim() })),
      act('Dismiss', () => api.post(`/moderation/reports/${id}/dismiss`, { reason: why.value.trim() })),
      act('Context', () => showContext(id, context)),
      act('Delete the message', () => api.delete(`/messages/${message_id}?reason=${encodeURIComponent(why.value.trim())}`)),
      el('button', { type: 'button', onclick: () => muting(about) }, 'Mute…'),
      el('button', { type: 'button', onclick: () => banning(about) }, 'Ban…')),
  ].filter(Boolean);
}

async function showContext(id, context) {
  const { message, before } = await api.get(`/moderation/reports/${id}`);
  context.replaceChildren(...[...before, message].map(each =>
    el('p', {}, el('b', {}, named(each.username)), ` ${timeOf(each.created_at)} `, el('bdi', {}, each.is_deleted ? 'deleted' : each.content))));
}
