'use strict';

// The page of room-chat. Whatever people write or call themselves gets into the page as text, never as markup.

const COME_BACK = new Set([1001, 1005, 1006, 1011, 1012, 1013, 4408, 4413, 4429]);
const LONGEST_WAIT = 30_000;
const SILENCE = 20_000; // after which we ask whether the server is there
const PATIENCE = 8_000; // in which it has to answer
const TYPING_LASTS = 5_000;
const MOST_SHOWN = 500;
const MOST_KEPT = 200;

const byId = id => document.getElementById(id);

const me = { name: '', room: '' };
const views = new Map(); // key ('#room' or '@user') -> {items, keys, unread}
const typing = new Map(); // user -> timer
const waiting = []; // what was sent and not answered yet: {ref, view, frame, failed}
let here = new Set();
let current = '';
let refs = 0;
const page = crypto.getRandomValues(new Uint32Array(2)).join('-'); // makes our refs different from any other page's

/* --- The connection --- */

const link = {
  socket: null,
  attempts: 0,
  timer: 0,
  heartbeat: 0,
  wanted: false,

  async open() {
    clearTimeout(link.timer);
    link.wanted = true;
    link.drop();
    state('connecting', 'Connecting…');
    const attempt = link.socket = {}; // until there is a socket, so that a later attempt replaces this one
    let token;
    let user;
    try {
      const answer = await fetch('/token', { cache: 'no-store' });
      if (attempt !== link.socket) return;
      if (answer.status === 401) return leave('Your session has ended. Choose a name to go on.');
      if (!answer.ok) throw new Error(answer.status);
      ({ token, user } = await answer.json());
    } catch {
      if (attempt === link.socket) link.comeBack();
      return;
    }
    if (attempt !== link.socket) return;
    if (user !== me.name) { // what waits was written by another, so it must not go out in this name
      forget();
      return leave(`You are now logged in as ${user} in another tab. Choose a name to go on.`);
    }
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = link.socket = new WebSocket(
      `${scheme}//${location.host}/ws/chat/${encodeURIComponent(me.room)}?token=${encodeURIComponent(token)}`);
    socket.onmessage = ({ data }) => {
      if (socket !== link.socket) return;
      link.listen();
      receive(JSON.parse(data));
    };
    socket.onopen = () => socket === link.socket && link.listen();
    socket.onclose = ({ code, reason }) => socket === link.socket && link.ended(code, reason);
  },

  /** The first frames are here: we are in. */
  up() {
    link.attempts = 0;
    state('up', 'Connected');
    notice('');
    waiting.filter(each => !each.failed && (each.view === `#${me.room}` || each.view[0] === '@')).forEach(each => link.send(each.frame));
  },

  isUp: () => byId('state').dataset.state === 'up',

  send(frame) {
    if (!link.isUp() || link.socket.readyState !== WebSocket.OPEN) return false;
    link.socket.send(JSON.stringify(frame));
    return true;
  },

  /** A browser does not show pings, so the page asks for itself when nothing was heard for a while. */
  listen() {
    clearTimeout(link.heartbeat);
    link.heartbeat = setTimeout(() => link.probe(PATIENCE), SILENCE);
  },

  probe(patience) {
    if (!link.isUp()) return;
    link.send({ type: 'heartbeat' });
    clearTimeout(link.heartbeat);
    link.heartbeat = setTimeout(() => link.ended(1006, ''), patience);
  },

  ended(code, reason) {
    link.drop();
    typing.forEach(clearTimeout);
    typing.clear();
    showTyping();
    if (code === 4401) return leave('Your session has ended. Choose a name to go on.');
    if (COME_BACK.has(code)) return link.comeBack();
    link.wanted = false;
    state('stopped', 'Not connected');
    notice(`The server closed the connection${reason ? `: ${reason}` : ''}.`, 'Connect again', () => link.open());
  },

  /** Exponential, and anywhere in between: so that all who lost the server do not come back at the same moment. */
  comeBack() {
    const wait = Math.random() * Math.min(LONGEST_WAIT, 1_000 * 2 ** link.attempts++);
    state('waiting', navigator.onLine ? 'Reconnecting…' : 'Offline');
    link.timer = setTimeout(() => link.open(), Math.max(wait, 200));
  },

  drop() {
    clearTimeout(link.heartbeat);
    const socket = link.socket;
    link.socket = null;
    if (socket instanceof WebSocket) socket.close(1000);
  },

  close() {
    link.wanted = false;
    clearTimeout(link.timer);
    link.drop();
  },

  /** Something tells that a connection may be possible again, or may be broken unnoticed. */
  nudge() {
    if (!link.wanted) return;
    if (link.isUp()) link.probe(3_000);
    else if (!link.socket) link.open();
  },
};

addEventListener('online', () => link.nudge());
addEventListener('offline', () => link.wanted && link.isUp() && link.probe(3_000));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  link.nudge();
  if (current) look(current);
});
addEventListener('beforeunload', event => {
  if (waiting.some(each => !each.failed)) event.preventDefault();
});

/* --- What comes --- */

function receive(frame) {
  const room = `#${me.room}`;
  switch (frame.type) {
    case 'history':
      frame.messages.forEach(each => add(room, each));
      break;
    case 'message':
      stopTyping(frame.user);
      add(room, frame);
      break;
    case 'system':
      add(room, frame);
      noteArrival(frame.content);
      break;
    case 'online_users':
      here = new Set(frame.users);
      showHere();
      link.up(); // told last of what everyone is told who comes
      break;
    case 'typing':
      if (frame.user === me.name) break;
      if (frame.is_typing) startTyping(frame.user);
      else stopTyping(frame.user);
      break;
    case 'private':
      add(`@${frame.from_user}`, { ...frame, type: 'message', user: frame.from_user });
      break;
    case 'ack':
      settle(frame.ref);
      break;
    case 'error':
      if (frame.ref) settle(frame.ref, frame.message);
      else notice(`That did not work: ${frame.message}.`);
      break;
    default: // heartbeat_ack, and whatever later servers say
  }
}

/** Who comes and goes is told in words only. */
function noteArrival(text) {
  if (text.endsWith(' joined')) here.add(text.slice(0, -' joined'.length));
  else if (text.endsWith(' left')) {
    const user = text.slice(0, -' left'.length);
    here.delete(user);
    stopTyping(user);
  }
  showHere();
}

function viewOf(key) {
  if (!views.has(key)) {
    const view = { items: [], keys: new Set(), unread: 0 };
    views.set(key, view);
    if (key[0] === '@') {
      view.items = kept()[key] ?? [];
      view.items.forEach(each => view.keys.add(keyOf(each)));
    }
  }
  return views.get(key);
}

const keyOf = item => JSON.stringify([item.type, item.user, item.content, item.timestamp]);

/** Adds what was not there: after a reconnect the history tells again what the page has. */
function add(key, item) {
  const view = viewOf(key);
  const its = keyOf(item);
  if (view.keys.has(its)) return;
  view.keys.add(its);
  view.items.push(item);
  if (view.items.length > MOST_SHOWN) view.keys.delete(keyOf(view.items.shift()));
  if (key[0] === '@') keep(key, view);
  const seen = key === current && document.visibilityState === 'visible';
  if (!seen && item.type === 'message' && item.user !== me.name) view.unread++;
  if (key === current) append(item);
  showThreads();
}

/** The server tells a private message to a user's devices once, so the page keeps its own copy. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(`private of ${me.name}`)) ?? {};
  } catch {
    return {};
  }
}

function keep(key, view) {
  try {
    const others = kept();
    const elsewhere = (others[key] ?? []).filter(each => !view.keys.has(keyOf(each))); // in another tab
    const all = [...elsewhere, ...view.items].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
    localStorage.setItem(`private of ${me.name}`, JSON.stringify({ ...others, [key]: all.slice(-MOST_KEPT) }));
  } catch {
    // full or forbidden: then they last as long as the page
  }
}

/* --- What goes --- */

function say(text) {
  const ref = `${page}-${++refs}`;
  const frame = current[0] === '@'
    ? { type: 'private_message', to_user: current.slice(1), content: text, ref }
    : { type: 'message', content: text, ref };
  const entry = { ref, view: current, frame, failed: '' };
  waiting.push(entry);
  link.send(frame); // if it cannot be sent now, it is when we are in again
  appendWaiting(entry);
  toBottom();
}

function settle(ref, failure) {
  const at = waiting.findIndex(each => each.ref === ref);
  if (at < 0) return;
  const entry = waiting[at];
  if (failure) {
    entry.failed = failure;
  } else {
    waiting.splice(at, 1);
    if (entry.view[0] === '@') {
      add(entry.view, { type: 'message', user: me.name, content: entry.frame.content, timestamp: new Date().toISOString() });
    }
  }
  redrawWaiting();
}

const composer = { lastTold: 0, timer: 0 };

function tellTyping() {
  if (current[0] !== '#' || !byId('text').value.trim()) return stopTellingTyping();
  clearTimeout(composer.timer);
  composer.timer = setTimeout(stopTellingTyping, 3_000);
  if (Date.now() - composer.lastTold < 2_000) return;
  composer.lastTold = Date.now();
  link.send({ type: 'typing', is_typing: true });
}

function stopTellingTyping() {
  clearTimeout(composer.timer);
  if (composer.lastTold) link.send({ type: 'typing', is_typing: false });
  composer.lastTold = 0;
}

function startTyping(user) {
  clearTimeout(typing.get(user));
  typing.set(user, setTimeout(() => stopTyping(user), TYPING_LASTS));
  showTyping();
}

function stopTyping(user) {
  clearTimeout(typing.get(user));
  typing.delete(user);
  showTyping();
}

/* --- What is shown --- */

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function tint(node, user) {
  let hash = 7;
  for (const letter of user) hash = (hash * 31 + letter.codePointAt(0)) % 360;
  node.style.setProperty('--tint', `hsl(${hash} 55% var(--lightness))`);
}

function avatar(user) {
  const made = element('span', 'avatar', [...user][0]);
  made.setAttribute('aria-hidden', 'true');
  tint(made, user);
  return made;
}

function bubble(user, content, timestamp) {
  const message = element('div', 'message');
  const box = element('div', 'bubble');
  const who = element('div', 'who');
  tint(who, user);
  who.append(element('span', '', user === me.name ? 'You' : user));
  if (timestamp) {
    const time = element('time', '', clock(timestamp));
    time.dateTime = timestamp;
    time.title = new Date(timestamp).toLocaleString();
    who.append(time);
  }
  box.append(who, element('div', 'body', content));
  message.append(avatar(user), box);
  message.dataset.user = user;
  if (user === me.name) message.classList.add('mine');
  return message;
}

function clock(timestamp) {
  const date = new Date(timestamp);
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
}

function isAtBottom() {
  const log = byId('log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

function toBottom() {
  const log = byId('log');
  log.scrollTop = log.scrollHeight;
  byId('newer').hidden = true;
}

/** Puts an item below the others, but above what waits. Follows it only if the reader was at the bottom. */
function append(item) {
  const log = byId('log');
  const follow = isAtBottom();
  log.querySelector('.empty')?.remove();
  const node = item.type === 'message'
    ? bubble(item.user, item.content, item.timestamp)
    : element('p', 'system', item.content);
  const firstWaiting = log.querySelector('.waiting, .failed');
  const before = firstWaiting ? firstWaiting.previousElementSibling : log.lastElementChild;
  if (before?.dataset.user && before.dataset.user === item.user) node.classList.add('follows');
  log.insertBefore(node, firstWaiting);
  while (log.childElementCount > MOST_SHOWN) log.firstElementChild.remove();
  if (follow) toBottom();
  else byId('newer').hidden = item.type !== 'message' && byId('newer').hidden;
}

function appendWaiting(entry) {
  const log = byId('log');
  log.querySelector('.empty')?.remove();
  const node = bubble(me.name, entry.frame.content);
  node.classList.add(entry.failed ? 'failed' : 'waiting');
  const fate = element('div', 'fate', entry.failed ? `Not sent: ${entry.failed}` : link.isUp() ? 'Sending…' : 'Waits for the connection');
  if (entry.failed) {
    const discard = element('button', '', 'Discard');
    discard.type = 'button';
    discard.addEventListener('click', () => {
      waiting.splice(waiting.indexOf(entry), 1);
      redrawWaiting();
    });
    fate.append(discard);
  }
  node.querySelector('.bubble').append(fate);
  log.append(node);
}

function redrawWaiting() {
  const follow = isAtBottom();
  byId('log').querySelectorAll('.waiting, .failed').forEach(each => each.remove());
  waiting.filter(each => each.view === current).forEach(appendWaiting);
  if (follow) toBottom();
}

/** Shows a conversation. */
function look(key) {
  stopTellingTyping();
  const changed = key !== current;
  current = key;
  const view = viewOf(key);
  view.unread = 0;
  if (changed) {
    byId('log').replaceChildren();
    view.items.forEach(append);
    if (!view.items.length) {
      byId('log').append(element('p', 'empty', key[0] === '@' ? 'Only the two of you read this.' : 'Nothing was said here yet.'));
    }
    redrawWaiting();
    toBottom();
  }
  const name = key.slice(1);
  byId('title').textContent = key[0] === '@' ? name : `# ${name}`;
  byId('text').placeholder = key[0] === '@' ? `Message ${name} in private` : `Message #${name}`;
  showHere();
  showThreads();
  showTyping();
}

function entry(key, label, unread) {
  const button = element('button', 'entry');
  button.type = 'button';
  button.append(avatar(label), element('span', 'label', label));
  if (unread) {
    const badge = element('span', 'badge', unread > 99 ? '99+' : unread);
    badge.append(element('span', 'unseen', ' unread'));
    button.append(badge);
  }
  button.setAttribute('aria-current', key === current);
  button.addEventListener('click', () => {
    look(key);
    openSide(false);
    byId('text').focus();
  });
  const item = element('li');
  item.append(button);
  return item;
}

function showHere() {
  const others = [...here].filter(user => user !== me.name).sort((a, b) => a.localeCompare(b));
  const mine = element('li');
  const self = element('div', 'entry');
  self.append(avatar(me.name), element('span', 'label', `${me.name} (you)`));
  mine.append(self);
  byId('here').replaceChildren(mine, ...others.map(user => entry(`@${user}`, user, 0)));
  byId('here-count').textContent = others.length + 1;
  byId('subtitle').textContent = current[0] === '@'
    ? `Private${here.has(current.slice(1)) ? ', in this room now' : ''}`
    : others.length === 0 ? 'Only you are here' : `${others.length + 1} people are here`;
}

function showThreads() {
  const keys = new Set([...Object.keys(kept()), ...[...views.keys()].filter(key => key[0] === '@')]);
  const unreadOf = key => views.get(key)?.unread ?? 0;
  byId('threads').replaceChildren(...[...keys].map(key => entry(key, key.slice(1), unreadOf(key))));
  const room = entry(`#${me.room}`, `# ${me.room}`, unreadOf(`#${me.room}`)).firstElementChild;
  room.querySelector('.avatar').remove();
  room.id = 'room-view';
  byId('room-view').replaceWith(room);
  const unread = [...keys].reduce((sum, key) => sum + unreadOf(key), 0);
  const all = unread + unreadOf(`#${me.room}`);
  byId('toggle-badge').hidden = !unread;
  byId('toggle-badge').textContent = unread;
  byId('toggle').setAttribute('aria-label', unread ? `Rooms and people, ${unread} unread private messages` : 'Rooms and people');
  document.title = `${all ? `(${all}) ` : ''}#${me.room} – Room chat`;
}

function showTyping() {
  const users = current[0] === '@' ? [] : [...typing.keys()];
  byId('typing').textContent = users.length === 0 ? ''
    : users.length === 1 ? `${users[0]} is typing…`
    : users.length === 2 ? `${users[0]} and ${users[1]} are typing…`
    : `${users.length} people are typing…`;
}

function state(kind, text) {
  byId('state').dataset.state = kind;
  byId('state-text').textContent = text;
  redrawWaiting();
}

function notice(text, action, act) {
  byId('notice').hidden = !text;
  byId('notice-text').textContent = text;
  byId('notice-action').textContent = action ?? 'Close';
  byId('notice-action').onclick = () => {
    notice('');
    act?.();
  };
}

function openSide(open) {
  byId('side').classList.toggle('open', open);
  byId('shade').hidden = !open;
  byId('toggle').setAttribute('aria-expanded', open);
}

/* --- Coming and going --- */

/** A room's name is one step of a path, in which slashes and lone dots would mean something else. */
const roomNamed = text => text.trim().replace(/[/\\]/g, '-').replace(/^\.+$/, '').slice(0, 60);

function roomInAddress() {
  try {
    return roomNamed(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return '';
  }
}

function enter(room) {
  me.room = room;
  here = new Set();
  typing.forEach(clearTimeout);
  typing.clear();
  history.replaceState(null, '', `#${encodeURIComponent(room)}`);
  byId('welcome').hidden = true;
  byId('chat').hidden = false;
  byId('me').textContent = me.name;
  link.attempts = 0;
  look(`#${room}`);
  link.open();
}

/** What one user read and wrote is nothing for the next. */
function forget() {
  views.clear();
  waiting.length = 0;
  current = '';
}

function leave(why = '') {
  link.close();
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
  const room = roomNamed(byId('room').value) || 'general';
  byId('login-error').textContent = '';
  try {
    const answer = await fetch('/login', { method: 'POST', body: new URLSearchParams({ name }) });
    if (!answer.ok) throw new Error(await answer.text());
    const token = await fetch('/token', { cache: 'no-store' });
    if (!token.ok) throw new Error('Your browser did not keep the session. Are cookies allowed?');
    const { user } = await token.json();
    if (user !== me.name) forget();
    me.name = user;
    enter(room);
    byId('text').focus();
  } catch (failure) {
    byId('login-error').textContent = failure instanceof TypeError ? 'The server cannot be reached.' : failure.message;
    byId('name').focus();
  }
});

byId('logout').addEventListener('click', async () => {
  if (waiting.some(each => !each.failed) && !confirm('Something was not sent yet. Log out anyway?')) return;
  try {
    await fetch('/logout', { method: 'POST' });
  } catch {
    return notice('The server cannot be reached, so you are still logged in.');
  }
  try {
    localStorage.removeItem(`private of ${me.name}`);
  } catch {
    // then nothing was kept
  }
  forget();
  me.name = '';
  openSide(false);
  leave();
});

byId('switch').addEventListener('submit', event => {
  event.preventDefault();
  const room = roomNamed(byId('other-room').value);
  if (!room) return;
  byId('other-room').value = '';
  openSide(false);
  if (room !== me.room) {
    views.delete(`#${room}`); // its history comes anew
    enter(room);
  } else look(`#${room}`);
  byId('text').focus();
});

byId('write-to').addEventListener('submit', event => {
  event.preventDefault();
  const user = byId('to').value.trim().normalize(); // as names are kept
  if (!user) return;
  byId('to').value = '';
  openSide(false);
  look(`@${user}`);
  byId('text').focus();
});

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value;
  if (!text.trim()) return;
  byId('text').value = '';
  grow();
  stopTellingTyping();
  say(text.trim());
});

byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId('say').requestSubmit();
  }
});

byId('text').addEventListener('input', () => {
  grow();
  tellTyping();
});

function grow() {
  const text = byId('text');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

byId('toggle').addEventListener('click', () => openSide(!byId('side').classList.contains('open')));
byId('shade').addEventListener('click', () => openSide(false));
addEventListener('keydown', event => event.key === 'Escape' && openSide(false));
byId('newer').addEventListener('click', toBottom);
byId('log').addEventListener('scroll', () => {
  if (isAtBottom()) byId('newer').hidden = true;
}, { passive: true });
addEventListener('hashchange', () => {
  const room = roomInAddress();
  if (room && me.name && room !== me.room) enter(room);
});

(async () => {
  try {
    const answer = await fetch('/token', { cache: 'no-store' });
    if (answer.ok && roomInAddress()) {
      me.name = (await answer.json()).user;
      return enter(roomInAddress());
    }
    if (answer.ok) me.name = (await answer.json()).user;
  } catch {
    // shown by the login
  }
  leave();
})();
