// Builds what is shown. Texts of people get into the document by textContent only, and keep their direction to themselves.

export const byId = id => document.getElementById(id);

/** Makes an element: `el('button', { class: 'plain', onclick: act }, 'Close')`. */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'class') made.className = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

/** A name, which may be written in any direction and turns nothing around it. */
export const named = text => el('bdi', {}, text);

export const unseen = text => el('span', { class: 'unseen' }, text);

const ICONS = {
  close: 'M6 6l12 12M18 6 6 18',
  react: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01',
  reply: 'M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6',
  thread: 'M20 15a2 2 0 0 1-2 2H9l-5 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2z',
  edit: 'M4 20l1-4L16.5 4.5a2 2 0 0 1 3 3L8 19z',
  delete: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6',
  forward: 'M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6',
  report: 'M5 21V4h13l-3 4.5 3 4.5H5',
  system: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  light: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
};
const SVG = 'http://www.w3.org/2000/svg';

/** One of our pictures, which needs no font. */
export function icon(name) {
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('viewBox', '0 0 24 24');
  made.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  made.append(path);
  return made;
}

/** A button with a picture or a character, and what it is called. */
export const button = (label, sign, onclick, more = {}) =>
  el('button', { type: 'button', 'aria-label': label, title: label, onclick, ...more }, sign);

const LINK = /\bhttps?:\/\/[^\s<>"'\u202a-\u202e\u2066-\u2069]+/gi;

/** What somebody wrote, with links where it has addresses of the web; between them, `marked` says what is shown of a text. */
export function written(text, marked = part => [part]) {
  const body = el('div', { class: 'body', dir: 'auto' });
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const address = found[0].replace(/[.,;:!?)\]}]+$/, '');
    body.append(...marked(text.slice(from, found.index)), link(address));
    from = found.index + address.length;
  }
  body.append(...marked(text.slice(from)));
  return body;
}

function link(address) {
  try {
    const url = new URL(address);
    if (url.protocol === 'https:' || url.protocol === 'http:') {
      return el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr' }, address);
    }
  } catch {
    // it is none
  }
  return address;
}

const NAMED = /(?<![\p{L}\p{M}\p{N}_.@-])@([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?)/gu;

/** Marks those who are mentioned: `names` says of each name whether it is this user's. */
export const mentionsIn = names => text => {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(NAMED)) {
    if (!Object.hasOwn(names, found[1])) continue;
    parts.push(text.slice(from, found.index), el('span', { class: `mentioned${names[found[1]] ? ' me' : ''}` }, found[0]));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
};

const TINTS = 12;

export function avatar(name, status) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  const letter = [...name.replace(/[^\p{L}\p{N}]/gu, '')][0] ?? '?';
  return el('span', { class: `avatar tint${hash % TINTS}`, 'aria-hidden': 'true' }, letter,
    status && el('span', { class: `dot ${status}` }));
}

const time = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat([], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat([], { day: 'numeric', month: 'short' });

export const timeOf = at => time.format(new Date(at));
export const dayOf = at => day.format(new Date(at));
export const shortly = at => new Date(at).toDateString() === new Date().toDateString() ? timeOf(at) : short.format(new Date(at));

export function sizeOf(bytes) {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

let told = 0;

/** Tells what went wrong, or what can be done; an empty text takes it away. */
export function notice(text, action, act) {
  clearTimeout(told);
  byId('notice').hidden = !text;
  byId('notice-text').textContent = text;
  byId('notice-action').textContent = action ?? 'Close';
  byId('notice-action').onclick = () => {
    notice('');
    act?.();
  };
  if (text && !action) told = setTimeout(() => notice(''), 8_000);
}
