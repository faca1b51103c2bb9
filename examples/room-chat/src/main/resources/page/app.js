// The page of room-chat: one connection, which the library looks after, with a topic for the room and one for private messages.

import { ChannelBox } from '/channelbox/channelbox.js';
import { Conversation, Outbox, Seen, rowsOf, typingText } from '/state.js';
import { byId, grow, isAtBottom, notice, openSide, showHead, showLog, showPeople, showState, showThreads, toBottom } from '/view.js';

const SHOWN = 50;
const MAIL_SHOWN = 1_000;
const AWAY_AFTER = 5 * 60_000;
const KEY_KNOWN = 270_000; // servers know a message's key for five minutes
const STATES = { connecting: 'Connecting…', open: 'Connected', waiting: 'Reconnecting', offline: 'Offline', closed: 'Not connected' };

const me = { name: '', room: '' };
const conversations = new Map(); // '#room' and '@user' -> Conversation
let outbox = new Outbox('');
let seen = new Seen('');
let chat = null;
let room = null; // topics
let here = { members: [], users: 0 }; // the last that is known of who is in the room
let mail = null;
let current = '';
let looked = ''; // what the log shows
let drawing = 0;
let following = false;

/* --- The connection --- */

function connect() {
  chat = new ChannelBox('/ws/topics', { token, receipts: true });
  const own = chat;
  chat.on('state', ({ state, code, reason, retryIn }) => {
    if (own !== chat) return;
    showState(state, STATES[state], retryIn);
    if (state === 'open') notice('');
    if (state === 'closed' && code === 4401) leave('Your session has ended. Choose a name to go on.');
    else if (state === 'closed') notice(`The server closed the connection${reason ? `: ${reason}` : ''}.`, 'Connect again', reconnect);
    draw();
  });
  // A name with a colon would be two parts of a topic.
  mail = chat.topic(`private:${me.name.replaceAll('%', '%25').replaceAll(':', '%3A')}`, { last: MAIL_SHOWN });
  const keep = (user, author, { content, timestamp }, { seq }) =>
    took(`@${user}`, seq, { type: 'said', user: author, content, timestamp }, seen.has(mail.position?.epoch, `@${user}`, seq));
  mail.on('private', (message, about) => keep(message.from, message.from, message, about));
  mail.on('private_copy', (message, about) => keep(message.to, me.name, message, about));
  mail.on('subscribed', () => goOut('@'));
  mail.on('lost', lost => {
    conversations.forEach((each, key) => key[0] === '@' && each.lost(lost));
    draw();
  });
  mail.on('error', refused);
}

function reconnect() {
  chat.connect();
  publishAll('#');
  publishAll('@');
}

async function token() {
  const asking = chat;
  const answer = await fetch('/token', { cache: 'no-store' });
  if (asking !== chat) throw new Error('not needed any more');
  if (answer.status === 401) leave('Your session has ended. Choose a name to go on.');
  if (!answer.ok) throw new Error(answer.status);
  const session = await answer.json();
  if (session.user !== me.name) { // what waits was written by another, so it must not go out in this name
    forget();
    leave(`You are now logged in as ${session.user} in another tab. Choose a name to go on.`);
    throw new Error('somebody else');
  }
  return session.token;
}

function refused(error) {
  if (error.reason === 'unavailable') tellStatusSoon(); // it will pass, and what was written goes out then by itself
  else notice(`That did not work: ${error.message}.`);
}

/** Goes into a room; the one before is left. */
function enter(name) {
  if (!chat) {
    connect();
    publishAll('@');
  }
  room?.leave();
  me.room = name;
  here = { members: [], users: 0 };
  const key = `#${name}`;
  const its = new Conversation(key);
  conversations.set(key, its);
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  byId('welcome').hidden = true;
  byId('chat').hidden = false;
  byId('me').textContent = me.name;
  room = subscribe(name, its);
  publishAll('#');
  looked = '';
  look(key);
}

function subscribe(name, its) {
  const topic = chat.topic(`room:${name}`, { last: SHOWN });
  topic.on('said', (said, { seq }) => took(its.key, seq, { ...said, type: 'said' }, false));
  topic.on('arrived', (come, { seq }) => took(its.key, seq, { ...come, type: 'arrived' }, true));
  topic.on('left', (gone, { seq }) => took(its.key, seq, { ...gone, type: 'left' }, true));
  topic.on('delivered', ({ user, offset }) => {
    its.delivered.set(user, offset);
    draw();
  });
  topic.on('presence', ({ members, users }) => {
    if (topic === room) here = { members, users };
    correctStatus(members.find(({ id }) => id === me.name));
    draw();
  });
  topic.on('typing', draw);
  topic.on('subscribed', () => goOut('#'));
  topic.on('lost', lost => {
    its.lost(lost);
    draw();
    // The client goes on with what is said from now on. The newest that is still there comes too if it begins anew.
    queueMicrotask(() => {
      if (room !== topic) return;
      topic.leave();
      room = subscribe(name, its);
      publishAll('#');
    });
  });
  topic.on('error', refused);
  if (own.status !== 'online' || own.text) topic.status(own.status, own.text);
  return topic;
}

/* --- What comes --- */

function conversation(key) {
  if (!conversations.has(key)) conversations.set(key, new Conversation(key));
  return conversations.get(key);
}

function took(key, seq, item, isSeen) {
  const its = conversation(key);
  if (!its.add(seq, item)) return;
  const id = its.idOf(seq);
  if (item.user === me.name && item.type === 'said') {
    // Most likely the first of those that wait; its confirmation, which follows, knows.
    const entry = outbox.in(key).find(each => each.id === id) ?? outbox.in(key).find(each => !each.id && each.text === item.content);
    if (entry) tie(its, entry, id);
  } else if (item.type === 'said' && !isSeen && !isLookedAt(key)) {
    its.unread++;
  }
  if (isLookedAt(key)) noteSeen(key);
  draw();
}

const isLookedAt = key => key === current && document.visibilityState === 'visible';

function noteSeen(key) {
  const its = conversation(key);
  its.unread = 0;
  const last = its.items.findLast(item => item.seq);
  if (key[0] === '@' && last) seen.note(mail.position?.epoch, key, last.seq);
}

function tie(its, entry, id) {
  if (entry.id) its.keys.delete(entry.id);
  entry.id = id;
  its.keys.set(id, entry.key);
}

/* --- What goes --- */

function say(text) {
  publish(outbox.add(current, text));
  draw(true);
}

/** Hands what waits to the client, which has it go out once, in this order. */
function publishAll(kind) {
  outbox.entries.filter(each => each.conversation[0] === kind).forEach(publish);
}

function publish(entry) {
  const key = entry.conversation;
  const topic = key[0] === '@' ? mail : key === `#${me.room}` ? room : null;
  if (entry.failed || entry.topic === topic || !topic) return; // another room's waits until somebody goes there
  if (entry.first && Date.now() - entry.first > KEY_KNOWN && !entry.topic) {
    fail(entry, 'it may have been said, look above before you try again');
    return;
  }
  entry.topic = topic;
  if (topic.state === 'subscribed') entry.first ||= Date.now();
  outbox.save();
  const sent = key[0] === '@'
    ? topic.publish('write', { to: key.slice(1), content: entry.text }, { key: entry.key })
    : topic.publish('say', { content: entry.text }, { key: entry.key });
  sent.then(({ position }) => {
    const its = conversation(key);
    if (position) tie(its, entry, its.idOf(position.offset));
    outbox.remove(entry);
    draw();
  }, error => {
    entry.topic = null;
    if (error.reason !== 'left' && error.reason !== 'closed') fail(entry, error.message);
  });
}

function fail(entry, why) {
  entry.failed = why;
  outbox.save();
  draw();
}

/** From now on what waits may have reached the server. */
function goOut(kind) {
  const key = kind === '#' ? `#${me.room}` : '';
  for (const entry of outbox.entries) {
    if (entry.conversation[0] === kind && (!key || entry.conversation === key)) entry.first ||= Date.now();
  }
  outbox.save();
}

const acts = {
  retry(entry) {
    entry.failed = '';
    entry.first = 0;
    publish(entry);
    draw();
  },
  discard(entry) {
    outbox.remove(entry);
    draw();
  },
};

/* --- How this user is --- */

const own = { chosen: 'online', status: 'online', text: '', idle: 0, again: 0 };

function setStatus(status) {
  own.status = status;
  room?.status(status, own.text);
}

/** What could not be done now may have been to tell it. */
function tellStatusSoon() {
  own.again ||= setTimeout(() => {
    own.again = 0;
    if (own.status !== 'online' || own.text) room?.status(own.status, own.text);
  }, 5_000);
}

/** Nobody has touched this page for a while. */
function watchForIdleness() {
  clearTimeout(own.idle);
  own.idle = setTimeout(() => own.chosen === 'online' && setStatus('away'), AWAY_AFTER);
  if (own.status !== own.chosen) setStatus(own.chosen);
}

/** A status holds for all devices: whoever is active says so again after another has gone away. */
function correctStatus(member) {
  if (member && member.status === 'away' && own.status === 'online' && document.visibilityState === 'visible') setStatus('online');
}

for (const type of ['pointerdown', 'pointermove', 'keydown', 'focus']) addEventListener(type, watchForIdleness, { passive: true });

byId('status').addEventListener('change', () => {
  own.chosen = byId('status').value;
  setStatus(own.chosen);
});

byId('status-text').addEventListener('change', () => {
  own.text = byId('status-text').value.trim();
  setStatus(own.status);
});

/* --- What is shown --- */

/** Draws soon, once for all that happens now; `follow` shows the end of the log. */
function draw(follow) {
  following ||= follow === true;
  drawing ||= setTimeout(drawNow);
}

function drawNow() {
  const follow = following || looked !== current || isAtBottom();
  drawing = 0;
  following = false;
  if (!chat) return;
  const its = conversation(current);
  const rows = rowsOf(its, outbox, me.name, chat.state === 'open');
  showLog(rows, current[0] === '@' ? 'Only the two of you read this.' : whenNothingWasSaid(), acts, { anew: looked !== current, follow });
  looked = current;
  showPeople(here.members, { users: here.users, me: me.name, act: open });
  const partner = here.members.find(({ id }) => id === current.slice(1));
  showHead(current, current[0] === '@' ? `Private${partner ? `, ${partner.status} in this room` : ''}`
    : here.users > 1 ? `${here.users} people are here` : here.users ? 'Only you are here' : '');
  const of = key => ({ key, unread: conversations.get(key)?.unread ?? 0, current: key === current });
  const threads = [...conversations.keys()].filter(key => key[0] === '@');
  showThreads(of(`#${me.room}`), threads.map(of), open);
  byId('typing').textContent = current[0] === '@' ? '' : typingText(room.typers.map(({ name }) => name));
}

/** A room that is not subscribed yet may hold anything. */
function whenNothingWasSaid() {
  const its = conversation(`#${me.room}`);
  if (room.state === 'subscribed') its.isPutOff = false;
  else its.isPutOff ||= room.state === 'waiting' && chat.state !== 'connecting';
  if (its.isPutOff) return 'What was said here cannot be read now. It comes by itself.';
  return room.state === 'subscribed' ? 'Nothing was said here yet.' : '';
}

setInterval(() => room && room.state !== 'subscribed' && draw(), 1_000); // nothing tells that the server has put it off

/** Shows a conversation. */
function look(key) {
  room?.typing(false);
  current = key;
  noteSeen(key);
  draw();
}

function open(key) {
  look(key);
  openSide(false);
  byId('text').focus();
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && current) {
    noteSeen(current);
    draw();
  }
});

/* --- Coming and going --- */

/** A room's name is one part of a topic and one step of a path, in which some characters mean something else. */
const roomNamed = text => text.trim().replace(/[/\\:]/g, '-').replace(/^\.+$/, '').slice(0, 60);

function roomInAddress() {
  try {
    return roomNamed(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return '';
  }
}

function become(user) {
  if (user === me.name) return;
  forget();
  me.name = user;
  outbox = new Outbox(user);
  seen = new Seen(user);
}

/** What one user read and wrote is nothing for the next. */
function forget() {
  conversations.clear();
  outbox.forget();
  current = looked = '';
}

function leave(why = '') {
  const ended = chat;
  chat = room = mail = null;
  ended?.close();
  outbox.entries.forEach(entry => (entry.topic = null));
  byId('chat').hidden = true;
  byId('welcome').hidden = false;
  byId('login-error').textContent = why;
  byId('name').value = me.name;
  byId('room').value = me.room || roomInAddress() || 'general';
  document.title = 'Room chat';
  byId('name').focus();
}

byId('login').addEventListener('submit', async event => {
  event.preventDefault();
  const name = byId('name').value.trim();
  byId('login-error').textContent = '';
  try {
    const answer = await fetch('/login', { method: 'POST', body: new URLSearchParams({ name }) });
    if (!answer.ok) throw new Error(await answer.text());
    const session = await fetch('/token', { cache: 'no-store' });
    if (!session.ok) throw new Error('Your browser did not keep the session. Are cookies allowed?');
    become((await session.json()).user);
    enter(roomNamed(byId('room').value) || 'general');
    byId('text').focus();
  } catch (failure) {
    byId('login-error').textContent = failure instanceof TypeError ? 'The server cannot be reached.' : failure.message;
    byId('name').focus();
  }
});

byId('logout').addEventListener('click', async () => {
  if (outbox.entries.some(each => !each.failed) && !confirm('Something was not sent yet. Log out anyway?')) return;
  try {
    await fetch('/logout', { method: 'POST' });
  } catch {
    return notice('The server cannot be reached, so you are still logged in.');
  }
  forget();
  me.name = '';
  openSide(false);
  leave();
});

addEventListener('beforeunload', event => { // a reload keeps it, but a closed tab does not
  if (outbox.entries.some(each => !each.failed)) event.preventDefault();
});

byId('switch').addEventListener('submit', event => {
  event.preventDefault();
  const name = roomNamed(byId('other-room').value);
  if (!name) return;
  byId('other-room').value = '';
  if (name !== me.room) enter(name);
  open(`#${name}`);
});

byId('write-to').addEventListener('submit', event => {
  event.preventDefault();
  const user = byId('to').value.trim().normalize(); // as names are kept
  if (!user) return;
  byId('to').value = '';
  open(`@${user}`);
});

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value.trim();
  if (!text) return;
  byId('text').value = '';
  grow();
  say(text);
});

byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId('say').requestSubmit();
  }
});

byId('text').addEventListener('input', () => {
  grow();
  if (current[0] === '#') room.typing(!!byId('text').value.trim());
});

byId('toggle').addEventListener('click', () => openSide(!byId('side').classList.contains('open')));
byId('shade').addEventListener('click', () => openSide(false));
addEventListener('keydown', event => event.key === 'Escape' && openSide(false));
byId('newer').addEventListener('click', toBottom);
byId('log').addEventListener('scroll', () => {
  if (isAtBottom()) byId('newer').hidden = true;
}, { passive: true });
addEventListener('hashchange', () => {
  const name = roomInAddress();
  if (name && chat && name !== me.room) enter(name);
});

try {
  const answer = await fetch('/token', { cache: 'no-store' });
  if (answer.ok) become((await answer.json()).user);
} catch {
  // shown by the login
}
if (me.name && roomInAddress()) enter(roomInAddress());
else leave();
watchForIdleness();
