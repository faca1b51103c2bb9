// The page: one connection with a topic for the own inbox, one for people, and one for the conversation that is open.

import { ChannelBox } from '/channelbox/channelbox.js';
import { api, session } from '/js/api.js';
import { Conversation } from '/js/conversation.js';
import { closeDialog, details, failed, newConversation } from '/js/dialogs.js';
import { byId, named, notice } from '/js/dom.js';
import { showList, statusOf } from '/js/list.js';
import { Log, rowsOf } from '/js/log.js';
import { Outbox } from '/js/outbox.js';
import { showThread, thread } from '/js/thread.js';
import { tray } from '/js/tray.js';
import '/js/theme.js';

const PAGE = 50;
const STATES = { connecting: 'Connecting…', open: 'Connected', waiting: 'Reconnecting…', offline: 'Offline', closed: 'Not connected' };

const me = { id: '', name: '' };
const conversations = new Map();
const people = new Map(); // who is here
let outbox = null;
let chat = null;
let peopleTopic = null;
let current = null; // the conversation that is open
let context = null; // {reply} or {edit}: a message
let drawing = 0;
let follow = false;
let wasAtEnd = true;
let seenId = 0;
let wrote = 0; // when the others were last told that something is being written

/* --- Signing in --- */

session.ended = () => leave('Your session has ended. Sign in to go on.');

function leave(text) {
  session.token = '';
  chat?.close();
  chat = null;
  conversations.clear();
  people.clear();
  current = null;
  document.body.classList.remove('open');
  byId('chat').hidden = true;
  byId('welcome').hidden = false;
  byId('login-error').textContent = text;
  byId('username').focus();
  document.title = 'Chat';
}

async function enter() {
  const { id, name } = await api.get('/users/me');
  Object.assign(me, { id, name });
  outbox = new Outbox(id);
  byId('welcome').hidden = true;
  byId('chat').hidden = false;
  byId('me').replaceChildren(named(name));
  showConversation();
  connect();
}

byId('login').addEventListener('submit', event => {
  event.preventDefault();
  signIn(async () => (await api.login(byId('username').value.trim(), byId('password').value)).access_token);
});

byId('token-login').addEventListener('submit', event => {
  event.preventDefault();
  signIn(async () => byId('token').value.trim());
});

async function signIn(tokenOf) {
  byId('login-error').textContent = '';
  try {
    session.token = await tokenOf();
    await enter();
    byId('password').value = byId('token').value = '';
  } catch (error) {
    byId('login-error').textContent = error.message;
  }
}

byId('logout').addEventListener('click', () => leave(''));

/* --- The connection --- */

function connect() {
  chat = new ChannelBox('/api/v1/chat/topics', { token: () => session.token });
  const own = chat;
  chat.on('state', ({ state, code }) => {
    if (own !== chat) return;
    byId('state').dataset.state = state;
    byId('state-text').textContent = STATES[state];
    if (state === 'closed' && code === 4401) session.ended();
    else if (state === 'closed') notice('The server has closed the connection.', 'Connect again', () => chat.connect());
    else if (state === 'open') sendWhatWaits();
  });
  const inbox = chat.topic(`inbox:${me.id.replaceAll('%', '%25').replaceAll(':', '%3A')}`);
  inbox.on('subscribed', () => loadList().catch(failed)); // an inbox keeps nothing
  inbox.on('conversation_added', ({ conversation }) => refresh(conversation.id));
  inbox.on('conversation_changed', ({ conversation }) => {
    conversations.get(conversation.id)?.take(conversation);
    draw();
  });
  inbox.on('conversation_removed', ({ conversation_id }) => forget(conversation_id));
  inbox.on('activity', ({ conversation_id, message }) => happened(conversation_id, message));
  inbox.on('read', ({ conversation_id }) => refresh(conversation_id));
  peopleTopic = chat.topic('people');
  peopleTopic.on('presence', ({ members }) => {
    people.clear();
    members.forEach(each => people.set(each.id, each));
    showOwnStatus();
    draw();
  });
}

/** What an earlier page could not send. The server knows by its id if it has it already. */
async function sendWhatWaits() {
  for (const entry of [...outbox.entries]) {
    if (conversations.get(entry.conversation_id)?.waiting.some(each => each.client_id === entry.client_id)) continue;
    try {
      await api.post('/messages', entry);
      outbox.remove(entry.client_id);
    } catch (error) {
      if (error.status >= 400 && error.status < 500) outbox.remove(entry.client_id);
      if (error.status) failed(error);
    }
  }
}

/* --- The list --- */

function know(json) {
  const known = conversations.get(json.id);
  if (known) known.take(json);
  else conversations.set(json.id, new Conversation(json, me, draw));
  const conversation = conversations.get(json.id);
  if (conversation.isDirect && !conversation.partner) conversation.loadParticipants().catch(() => {});
  return conversation;
}

async function loadList() {
  const page = await api.get(`/conversations?limit=${PAGE}`);
  page.forEach(know);
  byId('more-conversations').hidden = page.length < PAGE;
  for (const [id, each] of conversations) if (page.length < PAGE && !page.some(json => json.id === id)) forget(each.id);
  draw();
}

byId('more-conversations').addEventListener('click', async () => {
  const last = [...conversations.values()].map(each => each.about).sort((a, b) => a.last_message_at.localeCompare(b.last_message_at) || a.id - b.id)[0];
  const page = await api.get(`/conversations?limit=${PAGE}&after_at=${encodeURIComponent(last.last_message_at)}&after_id=${last.id}`).catch(failed);
  page?.forEach(know);
  byId('more-conversations').hidden = !page || page.length < PAGE;
  draw();
});

async function refresh(id) {
  try {
    know(await api.get(`/conversations/${id}`));
    draw();
  } catch (error) {
    if (error.status === 403) forget(id);
  }
}

function forget(id) {
  conversations.delete(id);
  if (current?.id === id) {
    current.topic?.leave();
    current = null;
    document.body.classList.remove('open');
    showConversation();
    notice('You are in this conversation no longer.');
  }
  draw();
}

function happened(id, message) {
  const conversation = conversations.get(id);
  if (!conversation) {
    refresh(id);
    return;
  }
  const { about } = conversation;
  about.last_message_at = message.created_at;
  about.last_message = message.content || message.attachments?.[0]?.name || '';
  if (message.user_id === me.id) about.unread_count = 0;
  else if (!isLookedAt(conversation)) about.unread_count++;
  draw();
}

byId('filter').addEventListener('input', draw);
byId('new').addEventListener('click', () => newConversation({ people, begun: json => open(know(json).id) }).catch(failed));

/* --- One conversation --- */

const log = new Log(byId('log'), {
  retry: message => publish(current, message),
  discard(message) {
    outbox.remove(message.client_id);
    current.waiting = current.waiting.filter(each => each !== message);
    draw();
  },
  react: (message, emoji, add) => (add
    ? api.post(`/messages/${message.id}/reactions`, { emoji })
    : api.delete(`/messages/${message.id}/reactions?emoji=${encodeURIComponent(emoji)}`)).catch(failed),
  reply: message => setContext({ reply: message }),
  edit: message => setContext({ edit: message }),
  remove: message => confirm('Delete this message for everybody?') && api.delete(`/messages/${message.id}`).catch(failed),
  thread: message => showThread(current, message).catch(failed),
});

function open(id) {
  const conversation = conversations.get(id);
  document.body.classList.add('open');
  if (!conversation || conversation === current) {
    byId('text').focus();
    return;
  }
  current?.topic?.leave();
  thread.close();
  tray.clear();
  setContext(null);
  current = conversation;
  log.clear();
  wasAtEnd = follow = true;
  seenId = 0;
  history.replaceState(null, '', `#${id}`);
  listen(conversation);
  showConversation();
  draw();
  byId(matchMedia('(pointer: coarse)').matches ? 'title' : 'text').focus();
}

function listen(conversation) {
  const topic = chat.topic(`conversation:${conversation.id}`);
  conversation.topic = topic;
  conversation.loaded = false;
  topic.on('*', (payload, { type }) => conversation.hear(type, payload));
  topic.on('subscribed', () => !conversation.loaded && conversation.load().catch(failed));
  topic.on('lost', () => conversation.load().catch(failed)); // the page says what there is
  topic.on('typing', draw);
  topic.on('error', failed);
}

function showConversation() {
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

function subtitleOf(conversation) {
  if (conversation.isDirect) {
    const { partner } = conversation;
    const state = partner && people.get(partner.user_id);
    return partner ? `${statusOf(people, partner.user_id)}${state?.text ? ` – ${state.text}` : ''}` : '';
  }
  const here = [...conversation.participants.keys()].filter(user => people.has(user)).length;
  return `${conversation.about.participant_count} people${here ? `, ${here} online` : ''}${conversation.about.description ? ` · ${conversation.about.description}` : ''}`;
}

function draw() {
  drawing ||= requestAnimationFrame(drawNow);
  if (document.visibilityState === 'hidden') setTimeout(drawNow); // where frames do not come
}

function drawNow() {
  if (!drawing) return;
  cancelAnimationFrame(drawing);
  drawing = 0;
  const unread = showList(conversations, { current: current?.id, people, filter: byId('filter').value, open });
  document.title = `${unread ? `(${unread}) ` : ''}${current ? `${current.title} – ` : ''}Chat`;
  if (!current) return;
  byId('title').replaceChildren(named(current.title));
  byId('subtitle').textContent = subtitleOf(current);
  if (current.loaded) {
    const newest = current.messages.at(-1)?.id ?? 0;
    const quietly = seenId === 0;
    log.show(rowsOf(current), { follow: follow || wasAtEnd, whenEmpty: 'Nothing was said here yet.', quietly });
    byId('newer').hidden = follow || wasAtEnd || newest <= seenId;
    follow = false;
    if (log.isAtEnd) seenId = newest;
    noteRead();
  }
  byId('text').disabled = byId('send').disabled = byId('attach').disabled = !current.maySpeak;
  byId('text').placeholder = !current.about.is_active ? 'This group is archived' : current.own?.is_muted ? 'You are muted here' : 'Message';
  byId('send').disabled ||= tray.isBusy;
  const typers = (current.topic?.typers ?? []).filter(each => each.user !== me.id).map(each => each.name);
  byId('typing').textContent = typers.length === 0 ? '' : typers.length === 1 ? `${typers[0]} is writing…` : `${typers.slice(0, 3).join(', ')} are writing…`;
  thread.draw();
}

byId('log').addEventListener('scroll', () => {
  wasAtEnd = log.isAtEnd;
  if (wasAtEnd && current?.loaded) {
    byId('newer').hidden = true;
    seenId = current.messages.at(-1)?.id ?? 0;
    noteRead();
  }
  if (current && byId('log').scrollTop < 600) current.loadOlder().catch(failed);
}, { passive: true });

new ResizeObserver(() => wasAtEnd && log.toEnd()).observe(byId('log'));
byId('log').addEventListener('load', () => wasAtEnd && log.toEnd(), true); // a picture has come

byId('newer').addEventListener('click', () => {
  log.toEnd();
  byId('text').focus();
});

byId('about').addEventListener('click', () => details({ conversation: current, people, me, left: () => forget(current.id) }).catch(failed));
byId('back').addEventListener('click', () => {
  document.body.classList.remove('open');
  byId('list').querySelector(`[data-id="${current?.id}"]`)?.focus();
});

/* --- What was read --- */

const isLookedAt = conversation => conversation === current && document.visibilityState === 'visible' && log.isAtEnd;
let reading = 0;

function noteRead() {
  if (reading || !current || !isLookedAt(current)) return;
  const last = current.messages.at(-1);
  if (!last || !current.own || current.own.last_read_sequence >= last.sequence) {
    current.about.unread_count = 0;
    return;
  }
  const conversation = current;
  reading = setTimeout(async () => {
    reading = 0;
    if (!isLookedAt(conversation)) return;
    conversation.own.last_read_sequence = last.sequence;
    conversation.about.unread_count = 0;
    await api.post(`/conversations/${conversation.id}/read`, { message_id: last.id }).catch(() => {});
    draw();
  }, 300);
}

document.addEventListener('visibilitychange', draw);

/* --- What is said --- */

function setContext(next) {
  context = next;
  const message = next?.edit ?? next?.reply;
  byId('context').hidden = !next;
  byId('context-text').replaceChildren(next?.edit ? 'Editing: ' : 'Reply to ', ...(next?.reply ? [named(message.username), ': '] : []), named((message?.content ?? '').slice(0, 80)));
  if (next) {
    byId('text').value = next.edit ? message.content : byId('text').value;
    grow();
    byId('text').focus();
  }
}

byId('context-end').addEventListener('click', () => endContext());

function endContext() {
  if (context?.edit) byId('text').value = '';
  setContext(null);
  grow();
  byId('text').focus();
}

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const content = byId('text').value;
  if (!current?.maySpeak || tray.isBusy || (!content.trim() && tray.isEmpty)) return;
  const { edit, reply } = context ?? {};
  byId('text').value = '';
  wrote = 0; // what is said ends the writing
  setContext(null);
  grow();
  follow = true;
  if (edit) api.put(`/messages/${edit.id}`, { content }).catch(failed);
  else say(current, content, { reply_to_id: reply?.id, attachments: tray.take() });
});

/** Says something: it is shown at once, and waits for its confirmation however long that takes. */
function say(conversation, content, { reply_to_id, attachments = [] } = {}) {
  const message = {
    client_id: crypto.randomUUID(), conversation_id: conversation.id, content, reply_to_id, attachments,
    user_id: me.id, username: me.name, created_at: new Date().toISOString(),
  };
  outbox.add({ client_id: message.client_id, conversation_id: conversation.id, content, reply_to_id, attachments: attachments.map(each => each.url) });
  conversation.waiting.push(message);
  publish(conversation, message);
}

async function publish(conversation, message) {
  message.fate = 'waiting';
  draw();
  const { client_id, content, reply_to_id, attachments } = message;
  try {
    const kept = attachments.length
      ? await api.post('/messages', { client_id, conversation_id: conversation.id, content, reply_to_id, attachments: attachments.map(each => each.url) })
      : (await conversation.topic.publish('send', { client_id, content, reply_to_id }, { key: client_id })).reply.payload.message;
    outbox.remove(client_id);
    conversation.put(kept);
  } catch (error) {
    if (error.reason === 'left' || error.reason === 'closed') {
      conversation.waiting = conversation.waiting.filter(each => each !== message);
      sendWhatWaits();
      return;
    }
    message.fate = 'failed';
    message.why = error.message;
  }
  draw();
}

byId('text').addEventListener('input', () => {
  grow();
  const now = Date.now();
  if (!current || !byId('text').value || now - wrote < 3_000 || chat.state !== 'open') return;
  wrote = now;
  peopleTopic.publish('writing', { conversation_id: current.id, is_typing: true }, { timeout: 3_000 }).catch(() => {});
});

byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId('say').requestSubmit();
  } else if (event.key === 'ArrowUp' && !byId('text').value) {
    const last = current?.messages.findLast(each => each.user_id === me.id && each.message_type !== 'system');
    if (last) setContext({ edit: last });
  }
});

function grow() {
  const text = byId('text');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || byId('dialog').open) return;
  if (context) endContext();
  else if (thread.isOpen) thread.close(true);
});

/* --- What is attached --- */

tray.onchange = draw;
const attach = files => current?.maySpeak && files.length && tray.add(current.id, files);
byId('attach').addEventListener('click', () => byId('files').click());
byId('files').addEventListener('change', () => {
  attach([...byId('files').files]);
  byId('files').value = '';
});
byId('text').addEventListener('paste', event => attach([...event.clipboardData.files]));
byId('talk').addEventListener('dragover', event => event.preventDefault());
byId('talk').addEventListener('drop', event => {
  event.preventDefault();
  attach([...event.dataTransfer.files]);
});

/* --- How this user is --- */

function showOwnStatus() {
  const own = people.get(me.id);
  if (!own) return;
  if (document.activeElement !== byId('status')) byId('status').value = ['away', 'busy'].includes(own.status) ? own.status : 'online';
  if (document.activeElement !== byId('status-text')) byId('status-text').value = own.text ?? '';
}

const sayStatus = () => api.post('/presence', { status: byId('status').value, status_message: byId('status-text').value }).catch(failed);
byId('status').addEventListener('change', sayStatus);
byId('status-text').addEventListener('change', sayStatus);

/* --- Beginning --- */

byId('dialog').addEventListener('click', event => event.target === byId('dialog') && closeDialog());
thread.say = say;
thread.acts = log.acts;

if (session.token) enter().catch(error => error.status === 401 || leave(error.message));
else leave('');
