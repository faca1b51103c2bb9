// What the page shows. Whatever people write or call themselves gets into it as text, never as markup.

export const byId = id => document.getElementById(id);

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element('button', '', text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

function avatar(user) {
  let hash = 7;
  for (const letter of user) hash = (hash * 31 + letter.codePointAt(0)) % 360;
  const made = element('span', 'avatar', [...user][0]);
  made.setAttribute('aria-hidden', 'true');
  made.style.setProperty('--tint', `hsl(${hash} 55% var(--lightness))`);
  return made;
}

function clock(timestamp) {
  const date = new Date(timestamp);
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return date.toDateString() === new Date().toDateString() ? time
    : `${date.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
}

/* --- The log: a node for each row, which stays the same while its message waits, is accepted, and is delivered --- */

const MARKS = { accepted: '✓', delivered: '✓✓' };
const nodes = new Map();

function message(row) {
  const node = element('div', 'message');
  const who = element('div', 'who');
  const face = avatar(row.user);
  who.style.setProperty('--tint', face.style.getPropertyValue('--tint'));
  who.append(element('span', 'name', row.mine ? 'You' : row.user));
  const box = element('div', 'bubble');
  box.append(who, element('div', 'body', row.text));
  node.append(face, box);
  if (row.mine) {
    node.classList.add('mine');
    box.append(element('div', 'fate'));
  }
  return node;
}

function update(node, row, acts) {
  const signature = JSON.stringify([row.fate, row.told, row.time, row.follows]);
  if (node.signature === signature) return;
  node.signature = signature;
  node.classList.toggle('follows', !!row.follows);
  const who = node.querySelector('.who');
  if (row.time && !who?.querySelector('time')) {
    const time = element('time', '', clock(row.time));
    time.dateTime = row.time;
    time.title = new Date(row.time).toLocaleString();
    who.append(time);
  }
  if (!row.fate) return;
  node.dataset.fate = row.fate;
  const fate = node.querySelector('.fate');
  const mark = element('span', 'mark', MARKS[row.fate] ?? row.told);
  if (MARKS[row.fate]) {
    mark.title = row.told;
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', row.told);
  }
  fate.replaceChildren(mark);
  if (row.entry) fate.append(button('Try again', () => acts.retry(row.entry)), button('Discard', () => acts.discard(row.entry)));
}

export function isAtBottom() {
  const log = byId('log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

export function toBottom() {
  const log = byId('log');
  log.scrollTop = log.scrollHeight;
  byId('newer').hidden = true;
}

/** Shows these rows. Follows what is new only if the reader was at the bottom. */
export function showLog(rows, whenEmpty, acts, { anew = false, follow = anew || isAtBottom() } = {}) {
  const log = byId('log');
  if (anew) {
    nodes.clear();
    log.replaceChildren();
  }
  log.querySelector('.empty')?.remove();
  const shown = new Set(rows.map(row => row.id));
  for (const [id, node] of nodes) {
    if (!shown.has(id)) {
      node.remove();
      nodes.delete(id);
    }
  }
  let at = log.firstElementChild;
  let before;
  let isNew = false;
  for (const row of rows) {
    row.follows = !!row.user && before?.user === row.user;
    before = row;
    let node = nodes.get(row.id);
    if (!node) {
      node = row.system ? element('p', row.grave ? 'system lost' : 'system', row.system) : message(row);
      nodes.set(row.id, node);
      isNew ||= !row.system;
    }
    if (!row.system) update(node, row, acts);
    if (node === at) at = at.nextElementSibling;
    else log.insertBefore(node, at);
  }
  if (!rows.length) log.append(element('p', 'empty', whenEmpty));
  if (follow) toBottom();
  else if (isNew) byId('newer').hidden = false;
}

/* --- Who is here, and what there is to read --- */

function entry(key, label, { current, unread, member, act, mine }) {
  const made = element(act ? 'button' : 'div', 'entry');
  const face = avatar(label);
  const text = element('span', 'label', mine ? `${label} (you)` : label);
  made.append(face, text);
  if (member) {
    const word = { online: 'online', away: 'away', busy: 'busy' }[member.status] ?? 'here';
    face.append(element('span', `presence ${word}`));
    if (member.text) text.append(element('span', 'saying', member.text));
    text.append(element('span', 'unseen', `, ${word}`));
    made.title = `${label}: ${word}${member.devices > 1 ? ` on ${member.devices} devices` : ''}`;
  }
  if (unread) {
    const badge = element('span', 'badge', unread > 99 ? '99+' : unread);
    badge.append(element('span', 'unseen', ' unread'));
    made.append(badge);
  }
  if (act) {
    made.type = 'button';
    made.setAttribute('aria-current', current);
    made.addEventListener('click', () => act(key));
  }
  return made;
}

/** Puts entries into a list, and leaves the focus with the one that had it. */
function fill(list, entries) {
  const held = [...list.children].findIndex(item => item.contains(document.activeElement));
  list.replaceChildren(...entries.map(made => {
    const item = element('li');
    item.append(made);
    return item;
  }));
  if (held >= 0) list.children[Math.min(held, list.children.length - 1)]?.querySelector('button')?.focus();
}

export function showPeople(members, { users, me, act }) {
  const rank = { online: 0, busy: 1, away: 2 };
  const others = members.filter(({ id }) => id !== me)
    .sort((a, b) => (rank[a.status] ?? 3) - (rank[b.status] ?? 3) || a.name.localeCompare(b.name));
  const own = members.find(({ id }) => id === me);
  fill(byId('here'), [
    entry('', me, { member: own, mine: true }),
    ...others.map(member => entry(`@${member.id}`, member.name, { member, act })),
  ]);
  byId('here-count').textContent = users || members.length || '';
}

export function showThreads(room, threads, act) {
  const made = entry(room.key, `# ${room.key.slice(1)}`, { ...room, act });
  made.querySelector('.avatar').remove();
  made.id = 'room-view';
  const focused = document.activeElement === byId('room-view');
  byId('room-view').replaceWith(made);
  if (focused) made.focus();
  fill(byId('threads'), threads.map(thread => entry(thread.key, thread.key.slice(1), { ...thread, act })));
  const unread = threads.reduce((sum, thread) => sum + thread.unread, 0);
  byId('toggle-badge').hidden = !unread;
  byId('toggle-badge').textContent = unread;
  byId('toggle').setAttribute('aria-label', unread ? `Rooms and people, ${unread} unread private messages` : 'Rooms and people');
  document.title = `${unread + room.unread ? `(${unread + room.unread}) ` : ''}${room.key} – Room chat`;
}

export function showHead(key, subtitle) {
  const name = key.slice(1);
  byId('title').textContent = key[0] === '@' ? name : `# ${name}`;
  byId('text').placeholder = key[0] === '@' ? `Message ${name} in private` : `Message #${name}`;
  byId('subtitle').textContent = subtitle;
}

/* --- The connection --- */

let countdown = 0;

/** Shows the state; the seconds until the next attempt are for the eye only, or they would be read out one by one. */
export function showState(state, text, retryIn) {
  clearInterval(countdown);
  byId('state').dataset.state = state;
  byId('chat').dataset.connected = state === 'open';
  byId('state-text').textContent = text;
  const until = Date.now() + (retryIn ?? 0);
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1_000);
    byId('state-left').textContent = retryIn && left > 0 ? ` in ${left} s` : '';
  };
  tick();
  if (retryIn) countdown = setInterval(tick, 500);
}

export function notice(text, action, act) {
  byId('notice').hidden = !text;
  byId('notice-text').textContent = text;
  byId('notice-action').textContent = action ?? 'Close';
  byId('notice-action').onclick = () => {
    notice('');
    act?.();
  };
}

export function openSide(open) {
  byId('side').classList.toggle('open', open);
  byId('shade').hidden = !open;
  byId('toggle').setAttribute('aria-expanded', open);
}

export function grow() {
  const text = byId('text');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}
