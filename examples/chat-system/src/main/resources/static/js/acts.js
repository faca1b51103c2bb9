// What can be done with a message.

import { api } from '/js/api.js';
import { setContext } from '/js/composer.js';
import { attempt, choice, closeDialog, failed, field, form, openDialog, problem } from '/js/dialog.js';
import { avatar, el, named, notice } from '/js/dom.js';
import { discard, publish } from '/js/sending.js';
import { page } from '/js/state.js';
import { showThread } from '/js/thread.js';

const REASONS = ['spam', 'insult', 'threat', 'not allowed here', 'something else'];

export const acts = {
  retry: message => publish(page.current, message),
  reveal: message => page.current.reveal(message),
  discard: message => discard(page.current, message),
  react: (message, emoji, add) => (add
    ? api.post(`/messages/${message.id}/reactions`, { emoji })
    : api.delete(`/messages/${message.id}/reactions?emoji=${encodeURIComponent(emoji)}`)).catch(failed),
  reply: message => setContext({ reply: message }),
  edit: message => setContext({ edit: message }),
  remove: message => message.user_id === page.me.id
    ? confirm('Delete this message for everybody?') && api.delete(`/messages/${message.id}`).catch(failed)
    : removeOther(message),
  thread: message => showThread(page.current, message).catch(failed),
  pin: (message, add) => (add ? api.post(`/messages/${message.id}/pin`) : api.delete(`/messages/${message.id}/pin`)).catch(failed),
  forward,
  report,
};

const quoted = message => el('blockquote', {}, el('b', {}, named(message.username)), ' ', el('bdi', {}, (message.content || message.attachments?.[0]?.name || '').slice(0, 300)));

/** Deletes what somebody else said, with a reason for the audit log. */
function removeOther(message) {
  const reason = field('Reason', { maxlength: 500 });
  const remove = async () => {
    if (await attempt(() => api.delete(`/messages/${message.id}?reason=${encodeURIComponent(reason.input.value.trim())}`))) closeDialog();
  };
  openDialog('Delete for everybody', quoted(message), form('Delete', remove, reason.row));
}

function forward(message) {
  const to = async conversation => {
    const said = await attempt(() => api.post(`/messages/${message.id}/forward`, { conversation_id: conversation.id, client_id: crypto.randomUUID() }));
    if (!said) return;
    closeDialog();
    notice('It was forwarded.');
  };
  const choices = [...page.conversations.values()].filter(each => each.about.is_active).sort((a, b) => b.about.last_message_at.localeCompare(a.about.last_message_at));
  const filter = field('To', { type: 'search', placeholder: 'Find a conversation' });
  const list = el('ul', { class: 'people', 'aria-label': 'Conversations' });
  const show = () => list.replaceChildren(...choices.filter(each => each.title.toLocaleLowerCase().includes(filter.input.value.trim().toLocaleLowerCase()))
    .map(each => el('li', {}, el('button', { type: 'button', class: 'entry', onclick: () => to(each) }, avatar(each.title), el('span', { class: 'label' }, named(each.title))))));
  filter.input.addEventListener('input', show);
  show();
  openDialog('Forward', quoted(message), filter.row, problem, list);
}

function report(message) {
  const reason = choice('Reason', REASONS.map(each => [each, each]));
  const text = field('What is wrong with it', { rows: 3, maxlength: 2_000 });
  const send = async () => {
    if (!await attempt(() => api.post(`/messages/${message.id}/report`, { reason: reason.input.value, text: text.input.value.trim() }))) return;
    closeDialog();
    notice('Thank you: those who moderate will look at it.');
  };
  openDialog('Report to the moderators', quoted(message), form('Report', send, reason.row, text.row));
}
