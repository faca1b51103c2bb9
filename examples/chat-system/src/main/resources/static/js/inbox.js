// The conversations of this user, and what their inbox tells of them.

import { api } from '/js/api.js';
import { newConversation } from '/js/begin.js';
import { failed } from '/js/dialog.js';
import { byId, notice } from '/js/dom.js';
import { know } from '/js/known.js';
import { showList } from '/js/list.js';
import { draw, page, whenDrawn } from '/js/state.js';
import { close, isLookedAt, open } from '/js/talk.js';
import { oneAtATime } from '/js/turns.js';

const PAGE = 50;
let archived = false; // whether the list is that of archived ones

export async function loadList() {
  const [list, blocks] = await Promise.all([api.get(`/conversations?limit=${PAGE}`), api.get('/blocks').catch(() => null)]);
  if (blocks) page.me.blocked = new Set(blocks.map(each => each.user_id));
  list.forEach(json => know({ archived: false, ...json }));
  byId('more-conversations').hidden = archived || list.length < PAGE;
  if (list.length < PAGE) {
    const shown = new Set(list.map(json => json.id));
    for (const [id, each] of page.conversations) if (!shown.has(id) && !each.about.archived) refresh(id);
  }
  if (archived) await loadArchived();
  draw();
}

async function loadArchived() {
  const list = await api.get('/conversations?archived=true&limit=200');
  list.forEach(json => know({ ...json, archived: true }));
}

byId('more-conversations').addEventListener('click', async () => {
  const last = [...page.conversations.values()].map(each => each.about).filter(each => !each.archived)
    .sort((a, b) => a.last_message_at.localeCompare(b.last_message_at) || a.id - b.id)[0];
  const list = await api.get(`/conversations?limit=${PAGE}&after_at=${encodeURIComponent(last.last_message_at)}&after_id=${last.id}`).catch(failed);
  list?.forEach(know);
  byId('more-conversations').hidden = !list || list.length < PAGE;
  draw();
});

byId('archived').addEventListener('click', async () => {
  archived = !archived;
  byId('archived').setAttribute('aria-pressed', String(archived));
  byId('more-conversations').hidden = true;
  draw();
  await (archived ? loadArchived() : loadList()).catch(failed);
  draw();
});

export const refresh = oneAtATime(async id => {
  try {
    know(await api.get(`/conversations/${id}`));
    draw();
    return false;
  } catch (error) {
    if (error.status === 403) forget(id);
    return error.status === 429;
  }
});

export function forget(id) {
  page.conversations.delete(id);
  if (page.current?.id === id) {
    close();
    notice('You are in this conversation no longer.');
  }
  draw();
}

const shown = message => message.content || message.attachments?.[0]?.name || '';

/** Something was said otherwise somewhere. */
export function edited(id, message) {
  const about = page.conversations.get(id)?.about;
  if (about?.mentions > 0) refresh(id); // it may mention this user no more
  if (about?.last_message_id !== message.id) return;
  about.last_message = shown(message);
  draw();
}

/** Something was taken back somewhere. */
export function deleted(id, message) {
  const about = page.conversations.get(id)?.about;
  if (about && (about.last_message_id === message || about.unread_count > 0)) refresh(id);
}

/** Something was said somewhere. */
export function happened(id, message, isMentioned) {
  const conversation = page.conversations.get(id);
  if (!conversation) {
    refresh(id);
    return;
  }
  if (message.sequence <= conversation.counted) return; // the list had it already
  if (message.sequence > conversation.counted + 1) {
    refresh(id); // one before it is told later
    return;
  }
  const { about } = conversation;
  conversation.counted = message.sequence;
  about.last_message_at = message.created_at;
  about.last_message_id = message.id;
  about.last_message_user_id = message.user_id;
  about.last_message = shown(message);
  if (about.archived && !conversation.isQuiet) about.archived = false;
  if (message.user_id === page.me.id) about.unread_count = about.mentions = 0;
  else if (!isLookedAt(conversation)) {
    about.unread_count++;
    if (isMentioned) about.mentions++;
  }
  draw();
}

/** An edit names this user in a message that did not; whether it was read is known to the server. */
export function mentioned(id) {
  const conversation = page.conversations.get(id);
  if (conversation && !isLookedAt(conversation)) refresh(id);
}

export function settingsChanged({ conversation_id, muted_until, is_archived }) {
  page.conversations.get(conversation_id)?.take({ muted_until: muted_until ?? null, archived: is_archived });
  draw();
}

byId('filter').addEventListener('input', draw);
byId('new').addEventListener('click', () => newConversation({ people: page.people, begun: json => open(know(json)) }).catch(failed));

whenDrawn(() => {
  const unread = showList(page.conversations, {
    current: page.current?.id, people: page.people, filter: byId('filter').value, archived,
    open: id => open(page.conversations.get(id)),
  });
  document.title = `${unread ? `(${unread}) ` : ''}${page.current ? `${page.current.title} – ` : ''}Chat`;
});
