// The conversation that is open: what is shown of it, and what is read of it.

import { acts } from '/js/acts.js';
import { api } from '/js/api.js';
import { resetComposer } from '/js/composer.js';
import { failed } from '/js/dialog.js';
import { byId, named } from '/js/dom.js';
import { statusOf } from '/js/list.js';
import { Log, rowsOf } from '/js/log.js';
import { draw, page, whenDrawn } from '/js/state.js';
import { thread } from '/js/thread.js';

const log = new Log(byId('log'), acts);
let wasAtEnd = true;
let seenId = 0;
let target = 0; // the message that one jumps to

export function open(conversation) {
  document.body.classList.add('open');
  if (!conversation || conversation === page.current) {
    byId('text').focus();
    return;
  }
  const before = page.current;
  before?.topic?.leave();
  thread.close();
  page.current = conversation;
  resetComposer(before);
  log.clear();
  wasAtEnd = page.follow = true;
  seenId = target = 0;
  history.replaceState(null, '', `#${conversation.id}`);
  listen(conversation);
  show();
  draw();
  byId(matchMedia('(pointer: coarse)').matches ? 'title' : 'text').focus();
}

export function close() {
  page.current?.topic?.leave();
  page.current = null;
  resetComposer();
  document.body.classList.remove('open');
  show();
}

function listen(conversation) {
  const topic = page.chat.topic(`conversation:${conversation.id}`);
  conversation.topic = topic;
  conversation.loaded = false;
  topic.on('*', (payload, { type }) => conversation.hear(type, payload));
  topic.on('subscribed', () => !conversation.loaded && conversation.load().catch(failed));
  for (const type of ['lost', 'missed']) topic.on(type, () => loadAnew(conversation).catch(failed)); // the page says what there is
  topic.on('typing', draw);
  topic.on('error', failed);
}

const loadAnew = conversation => Promise.all([conversation.load(), conversation.thread?.load().then(draw)]);

export function show() {
  const { current } = page;
  for (const id of ['about', 'say']) byId(id).hidden = !current;
  if (!current) {
    thread.close();
    log.clear();
    log.show([], { whenEmpty: 'Choose a conversation, or begin one.' });
    byId('title').replaceChildren();
    byId('subtitle').textContent = byId('typing').textContent = '';
    byId('newer').hidden = true;
  }
}

/** Goes to a message of the open conversation, however old it is. */
export async function jumpTo(conversation, id) {
  open(conversation);
  try {
    await conversation.loadAround(id);
  } catch (error) {
    failed(error);
    return;
  }
  target = id;
  page.follow = wasAtEnd = false;
  draw();
}

function arrive() {
  const node = byId('log').querySelector(`[data-id="${target}"]`);
  target = 0;
  if (!node) return;
  node.scrollIntoView({ block: 'center' });
  node.focus({ preventScroll: true });
  node.classList.add('found');
  setTimeout(() => node.classList.remove('found'), 3_000);
}

function subtitleOf(conversation) {
  const { people } = page;
  if (conversation.isDirect) {
    const { partner } = conversation;
    const state = partner && people.get(partner.user_id);
    return partner ? `${statusOf(people, partner.user_id)}${state?.text ? ` – ${state.text}` : ''}` : '';
  }
  const here = [...conversation.participants.keys()].filter(user => people.has(user)).length;
  return `${conversation.about.participant_count} people${here ? `, ${here} online` : ''}${conversation.about.description ? ` · ${conversation.about.description}` : ''}`;
}

whenDrawn(() => {
  const { current } = page;
  if (!current) return;
  byId('title').replaceChildren(named(current.title));
  byId('subtitle').textContent = subtitleOf(current);
  if (current.loaded) drawLog(current);
  const typers = (current.topic?.typers ?? []).filter(each => each.user !== page.me.id).map(each => each.name);
  byId('typing').textContent = typers.length === 0 ? '' : typers.length === 1 ? `${typers[0]} is writing…` : `${typers.slice(0, 3).join(', ')} are writing…`;
  thread.draw();
});

function drawLog(current) {
  const newest = current.messages.at(-1)?.id ?? 0;
  const follows = !target && (page.follow || wasAtEnd);
  log.show(rowsOf(current), { follow: follows, whenEmpty: 'Nothing was said here yet.', quietly: seenId === 0 });
  if (target) arrive();
  byId('newer').hidden = !current.isDetached && (follows || newest <= seenId);
  byId('newer').textContent = current.isDetached ? 'To the newest messages ↓' : 'New messages ↓';
  page.follow = false;
  if (log.isAtEnd && !current.isDetached) seenId = newest;
  noteRead();
}

byId('log').addEventListener('scroll', () => {
  const { current } = page;
  wasAtEnd = log.isAtEnd && !current?.isDetached;
  if (wasAtEnd && current?.loaded) {
    byId('newer').hidden = true;
    seenId = current.messages.at(-1)?.id ?? 0;
    noteRead();
  }
  if (current && byId('log').scrollTop < 600) current.loadOlder().catch(failed);
}, { passive: true });

new ResizeObserver(() => wasAtEnd && log.toEnd()).observe(byId('log'));
byId('log').addEventListener('load', () => wasAtEnd && log.toEnd(), true); // a picture has come

byId('newer').addEventListener('click', async () => {
  if (page.current.isDetached) await toNewest().catch(failed);
  log.toEnd();
  byId('text').focus();
});

/** Leaves an earlier part of the conversation for what was said last. */
async function toNewest() {
  page.follow = wasAtEnd = true;
  await page.current.load();
}

/* --- What was read --- */

export const isLookedAt = conversation =>
  conversation === page.current && !conversation.isDetached && document.visibilityState === 'visible' && log.isAtEnd;
let reading = 0;

function noteRead() {
  const conversation = page.current;
  if (reading || !conversation || !isLookedAt(conversation)) return;
  const last = conversation.messages.at(-1);
  if (!last || !conversation.own || conversation.own.last_read_sequence >= last.sequence) {
    conversation.about.unread_count = conversation.about.mentions = 0;
    return;
  }
  reading = setTimeout(async () => {
    reading = 0;
    const { own } = conversation;
    if (!isLookedAt(conversation) || !own) return;
    const before = own.last_read_sequence;
    own.last_read_sequence = last.sequence;
    conversation.about.unread_count = conversation.about.mentions = 0;
    try {
      await api.post(`/conversations/${conversation.id}/read`, { message_id: last.id });
    } catch {
      own.last_read_sequence = before; // it is told when something is drawn again
      return;
    }
    draw();
  }, 300);
}

document.addEventListener('visibilitychange', draw);
