'use strict';

// What people have written is only ever put into a page as text.

const { roomId, username } = document.body.dataset;
const RECONNECT_AFTER = 2000;

const log = document.getElementById('log');
const state = document.getElementById('state');
const error = document.getElementById('error');
const form = document.getElementById('say');
const text = document.getElementById('text');
const button = document.getElementById('send');

let socket;

const shown = {
  authentication({ payload }) {
    if (payload.status_code === 401) {
      location.assign('/login?next=' + encodeURIComponent(location.pathname));
    } else if (payload.status_code !== 200) {
      fail(payload.data.detail);
    }
  },
  history({ payload }) {
    log.replaceChildren();
    payload.forEach(entry => showMessage(entry.username, entry.message, entry.username === username, entry.timestamp));
    setOnline(true);
  },
  user_joined: ({ payload }) => showNotice(payload.username + ' joined', payload.timestamp),
  user_left: ({ payload }) => showNotice(payload.username + ' left', payload.timestamp),
  chat: frame => showMessage(frame.username, frame.payload, frame.is_mine, new Date()),
  room_event: ({ payload }) => showMessage(payload.author, payload.body, payload.author === username, new Date()),
  error({ payload }) {
    fail(Array.isArray(payload) ? payload.map(each => each.msg).join(', ') : payload.detail);
  },
};

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  socket = new WebSocket(`${scheme}://${location.host}/ws/chat/${roomId}/`);
  socket.onmessage = event => {
    const frame = JSON.parse(event.data);
    if (Object.hasOwn(shown, frame.action)) {
      shown[frame.action](frame);
    }
  };
  socket.onclose = () => {
    setOnline(false);
    setTimeout(connect, RECONNECT_AFTER);
  };
}

function setOnline(online) {
  state.textContent = online ? 'Online' : 'Reconnecting …';
  state.dataset.online = online;
  button.disabled = !online;
}

function showMessage(author, message, mine, time) {
  const item = document.createElement('li');
  item.className = mine ? 'message mine' : 'message';
  item.append(part('span', 'who', author), part('span', 'body', message), clock(time));
  show(item);
}

function showNotice(notice, time) {
  const item = document.createElement('li');
  item.className = 'notice';
  item.append(part('span', 'body', notice), clock(time));
  show(item);
}

function show(item) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  log.append(item);
  if (atEnd || item.classList.contains('mine')) {
    log.scrollTop = log.scrollHeight;
  }
}

function part(tag, name, content) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = content;
  return element;
}

function clock(time) {
  const at = new Date(time);
  const element = part('time', 'when', at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  element.dateTime = at.toISOString();
  return element;
}

function fail(what) {
  error.textContent = what;
}

form.addEventListener('submit', event => {
  event.preventDefault();
  const message = text.value.trim();
  if (message && socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify({ action: 'chat', payload: message }));
    text.value = '';
    fail('');
  }
  text.focus();
});

text.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

connect();
