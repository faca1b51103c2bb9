'use strict';

const REFUSALS = {
  400: 'This is no name that can be used here: 1 to 20 letters, digits, _ or -, and not a reserved one.',
  409: 'Somebody of that name is in the lobby. Choose another.',
};
const GHOST_MS = 60_000; // for so long a name may be held by our own connection that broke

const byId = id => document.getElementById(id);
let socket;
let name = '';
let wasInAt = 0; // when we were last in; 0 is never
let attempts = 0;
let timer;

function show(text, kind = '') {
  const lines = byId('lines');
  const atBottom = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
  const line = document.createElement('p');
  line.textContent = text; // never as markup
  line.className = kind;
  lines.append(line);
  while (lines.childElementCount > 500) lines.firstElementChild.remove();
  if (atBottom) lines.scrollTop = lines.scrollHeight;
}

function state(text, isIn = false) {
  byId('state').textContent = text;
  byId('enter').hidden = isIn || wasInAt > 0;
  byId('say').hidden = !(isIn || wasInAt > 0);
}

function connect() {
  clearTimeout(timer);
  state('Connecting…');
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const mine = socket = new WebSocket(`${scheme}//${location.host}/ws/${encodeURIComponent(name)}`);
  let heard = false; // open is not in: of two who want one name at once, one is let go again
  mine.onmessage = ({ data }) => {
    if (!heard) {
      heard = true;
      attempts = 0;
      wasInAt = Date.now();
      state(`In as ${name}`, true);
      byId('text').focus();
    }
    show(data, data.startsWith(`${name}: `) ? 'mine' : data.includes(': ') ? '' : 'notice');
  };
  mine.onclose = ({ code }) => {
    if (mine !== socket) return;
    if (heard) wasInAt = Date.now();
    if (code >= 4000 && code !== 4408 && code !== 4413 && code !== 4409) return refused('You were sent away.');
    askWhy();
  };
}

/** A page is not told why a handshake failed. The server tells whether it was the name; otherwise we come back. */
async function askWhy() {
  let status = 0;
  try {
    status = (await fetch(`/names/${encodeURIComponent(name)}`, { cache: 'no-store' })).status;
  } catch {
    // no server, no answer: it may be back soon
  }
  const maybeOurGhost = status === 409 && Date.now() - wasInAt < GHOST_MS;
  if (REFUSALS[status] && !maybeOurGhost) return refused(REFUSALS[status]);
  const wait = Math.random() * Math.min(30_000, 500 * 2 ** attempts++);
  state('Not connected. Trying again…');
  timer = setTimeout(connect, wait);
}

function refused(why) {
  wasInAt = 0;
  state('');
  byId('refusal').textContent = why;
  byId('name').focus();
}

byId('enter').addEventListener('submit', event => {
  event.preventDefault();
  name = byId('name').value.trim();
  attempts = 0;
  byId('refusal').textContent = '';
  connect();
});

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value.trim();
  if (!text) return;
  if (socket.readyState !== WebSocket.OPEN) return show('Not sent: there is no connection right now.', 'lost');
  socket.send(text);
  byId('text').value = '';
});

addEventListener('online', () => {
  if (wasInAt && socket.readyState === WebSocket.CLOSED) connect();
});
