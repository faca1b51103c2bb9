// How messages are shown, in the log of a conversation and in a thread.

import { api } from '/js/api.js';
import { avatar, button, dayOf, el, icon, mentionsIn, named, notice, sizeOf, timeOf, unseen, written } from '/js/dom.js';

const EMOJIS = ['👍', '❤️', '😂', '🎉', '😮', '😢'];
const pictures = new Map(); // the address of an upload -> that of its copy in this page

const pictureOf = url => {
  if (!pictures.has(url)) pictures.set(url, api.blobOf(url));
  return pictures.get(url);
};

async function download(attachment) {
  try {
    const address = await api.blobOf(attachment.url);
    const anchor = el('a', { href: address, download: attachment.name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (error) {
    notice(error.message);
  }
}

function attached(attachment) {
  const size = attachment.size === undefined ? '' : sizeOf(attachment.size);
  const save = el('button', { type: 'button', class: 'file', onclick: () => download(attachment) },
    icon('save'), named(attachment.name), el('span', { class: 'soft' }, size), unseen('download'));
  if (!attachment.content_type.startsWith('image/')) return save;
  const picture = el('img', { class: 'picture', alt: attachment.name });
  pictureOf(attachment.url).then(address => (picture.src = address), () => picture.replaceWith(el('p', { class: 'soft' }, 'This picture is not here any more.')));
  return el('figure', {}, picture, save);
}

/** A list of messages that is drawn anew in place: what stays keeps its element, and so the focus and the place. */
export class Log {
  #nodes = new Map(); // key -> { node, state }

  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
  }

  get isAtEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 60;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  clear() {
    this.#nodes.clear();
    this.root.replaceChildren();
  }

  /** Shows these rows. Unless the end is followed, what one looks at stays where it is. */
  show(rows, { follow, whenEmpty, quietly }) {
    const anchor = follow ? undefined : this.#firstSeen(); // its node may be another one then
    const before = anchor && this.#topOf(anchor);
    this.root.setAttribute('aria-busy', quietly ? 'true' : 'false');
    const wanted = new Set(rows.map(row => row.key));
    for (const [key, { node }] of this.#nodes) {
      if (!wanted.has(key)) {
        node.remove();
        this.#nodes.delete(key);
      }
    }
    this.root.querySelector(':scope > .empty')?.remove();
    let at = this.root.firstElementChild;
    for (const row of rows) {
      const next = at?.nextElementSibling ?? null;
      const isInPlace = at !== null && this.#nodes.get(row.key)?.node === at;
      const node = this.#nodeOf(row);
      if (isInPlace) at = next;
      else this.root.insertBefore(node, at);
    }
    if (!rows.length) this.root.append(el('p', { class: 'empty' }, whenEmpty));
    if (follow) this.toEnd();
    else if (this.#nodes.has(anchor)) this.root.scrollTop += this.#topOf(anchor) - before;
  }

  #topOf(key) {
    return this.#nodes.get(key).node.getBoundingClientRect().top;
  }

  /** The key of the first message that one looks at. */
  #firstSeen() {
    const top = this.root.getBoundingClientRect().top;
    const first = [...this.root.querySelectorAll(':scope > .message')].find(node => node.getBoundingClientRect().bottom > top);
    return [...this.#nodes].find(([, { node }]) => node === first)?.[0];
  }

  #nodeOf(row) {
    const state = JSON.stringify(row);
    const known = this.#nodes.get(row.key);
    if (known?.state === state) return known.node;
    const node = row.day ? el('h3', { class: 'day' }, dayOf(row.day)) : this.#message(row);
    if (known) {
      const held = known.node.contains(document.activeElement) && document.activeElement.dataset.act;
      known.node.replaceWith(node);
      if (held) (node.querySelector(`[data-act="${CSS.escape(held)}"]`) ?? node).focus();
    }
    this.#nodes.set(row.key, { node, state });
    return node;
  }

  #hidden({ message }) {
    return el('article', { class: 'message', tabindex: '0', 'data-id': message.id, 'aria-label': `Hidden, ${timeOf(message.created_at)}` },
      el('p', { class: 'soft' }, 'Hidden: you have blocked who said this. ',
        el('button', { type: 'button', 'data-act': 'reveal', onclick: () => this.acts.reveal(message) }, 'Show')));
  }

  #message(row) {
    const { message } = row;
    if (row.hidden) return this.#hidden(row);
    const node = el('article', {
      class: `message${row.mine ? ' mine' : ''}${row.follows ? ' follows' : ''}${row.fate ? ` ${row.fate}` : ''}${row.mentionsMe ? ' names-me' : ''}`,
      tabindex: '0',
      'data-id': message.id,
      'aria-label': `${message.username}, ${timeOf(message.created_at)}`,
    });
    const bubble = el('div', { class: 'bubble' },
      el('p', { class: 'who' }, named(message.username), el('time', { datetime: message.created_at }, timeOf(message.created_at))),
      row.answered && this.#quote(row.answered, message),
      message.forwarded_from && el('p', { class: 'soft' }, 'Forwarded, first said by ', named(message.forwarded_from.username)),
      message.content && written(message.content, mentionsIn(row.mentions ?? {})),
      ...(message.attachments ?? []).map(attached),
      this.#reactions(row),
      el('p', { class: 'fate' }, message.is_edited && el('span', {}, 'edited'), this.#fate(row)));
    node.append(avatar(message.username), bubble);
    if (!row.fate && row.may.length) node.append(this.#tools(row));
    return node;
  }

  #quote(answered, message) {
    return el('button', { type: 'button', class: 'quote', 'data-act': 'quote', onclick: () => this.acts.thread(message) },
      el('b', {}, named(answered.username)), ' ', el('bdi', {}, answered.text));
  }

  #fate(row) {
    if (row.fate === 'waiting') return el('span', {}, 'waiting…');
    if (row.fate === 'failed') {
      return el('span', {}, `not sent: ${row.why} `,
        el('button', { type: 'button', onclick: () => this.acts.retry(row.message) }, 'Try again'),
        el('button', { type: 'button', onclick: () => this.acts.discard(row.message) }, 'Discard'));
    }
    if (!row.mine || !row.readers) return null;
    const names = row.readers.names.join(', ');
    return el('span', { class: `mark${row.readers.all ? ' read' : ''}`, title: names ? `Read by ${names}` : 'Sent' },
      names ? '✓✓' : '✓', unseen(names ? ` read by ${names}` : ' sent'));
  }

  #reactions({ message, may }) {
    if (!message.reactions?.length) return null;
    return el('div', { class: 'reactions' }, ...message.reactions.map(each =>
      el('button', {
        type: 'button',
        'aria-pressed': String(each.mine),
        'data-act': `react ${each.emoji}`,
        'aria-label': `${each.emoji} ${each.count}${each.mine ? ', yours too' : ''}`,
        disabled: !may.includes('react'),
        onclick: () => this.acts.react(message, each.emoji, !each.mine),
      }, el('bdi', {}, each.emoji), ` ${each.count}`)));
  }

  #tools(row) {
    const { message, may } = row;
    const tools = el('div', { class: 'tools', role: 'group', 'aria-label': 'What to do with this message' });
    const has = what => may.includes(what);
    if (has('react')) {
      const choice = el('span', { class: 'choice', hidden: true }, ...EMOJIS.map(emoji =>
        button(`React with ${emoji}`, emoji, () => this.acts.react(message, emoji, !message.reactions?.some(each => each.emoji === emoji && each.mine)))));
      const open = button('React', icon('react'), () => {
        choice.hidden = !choice.hidden;
        open.setAttribute('aria-expanded', String(!choice.hidden));
        if (!choice.hidden) choice.firstElementChild.focus();
      }, { 'aria-expanded': 'false', 'data-act': 'choose' });
      tools.append(open, choice);
    }
    if (has('reply')) tools.append(button('Reply', icon('reply'), () => this.acts.reply(message), { 'data-act': 'reply' }));
    if (has('thread')) tools.append(button('Thread', icon('thread'), () => this.acts.thread(message), { 'data-act': 'thread' }));
    if (has('forward')) tools.append(button('Forward', icon('forward'), () => this.acts.forward(message), { 'data-act': 'forward' }));
    if (has('pin')) tools.append(button(row.pinned ? 'Unpin' : 'Pin', icon('pin'), () => this.acts.pin(message, !row.pinned), { 'data-act': 'pin', 'aria-pressed': String(row.pinned) }));
    if (has('report')) tools.append(button('Report', icon('report'), () => this.acts.report(message), { 'data-act': 'report' }));
    if (has('edit')) tools.append(button('Edit', icon('edit'), () => this.acts.edit(message), { 'data-act': 'edit' }));
    if (has('delete')) tools.append(button('Delete', icon('delete'), () => this.acts.remove(message), { 'data-act': 'delete' }));
    return tools;
  }
}

const GAP = 5 * 60_000;

/** What the log shows of a conversation: days, messages, and what waits at the end. */
export function rowsOf(conversation, { threads = true } = {}, messages = conversation.messages) {
  const rows = [];
  let before = null;
  for (const message of [...messages, ...(threads ? conversation.waiting : [])]) {
    const day = new Date(message.created_at).toDateString();
    if (threads && day !== (before && new Date(before.created_at).toDateString())) {
      rows.push({ key: `day ${day}`, day: message.created_at });
      before = null;
    }
    rows.push(rowOf(conversation, message, before, threads));
    before = message;
  }
  return rows;
}

function rowOf(conversation, message, before, threads) {
  const mine = message.user_id === conversation.me.id;
  const follows = before?.user_id === message.user_id && !message.reply_to_id
    && new Date(message.created_at) - new Date(before.created_at) < GAP;
  if (message.fate) return { key: `waiting ${message.client_id}`, message, mine, follows, fate: message.fate, why: message.why, may: [] };
  if (conversation.hides(message)) return { key: message.id, message: { id: message.id, created_at: message.created_at }, hidden: true, may: [] };
  const readers = mine ? conversation.readersOf(message) : [];
  const answered = threads && message.reply_to_id ? conversation.find(message.reply_to_id) : null;
  return {
    key: message.client_id && mine ? `own ${message.client_id}` : message.id,
    message,
    mine,
    follows,
    may: mayOf(conversation, message, mine, threads),
    readers: mine ? { names: readers.map(each => each.username), all: readers.length > 0 && readers.length >= conversation.participants.size - 1 } : null,
    mentions: mentionsOf(conversation, message),
    mentionsMe: !mine && (message.mentions_everyone || (message.mentions ?? []).includes(conversation.me.id)),
    pinned: conversation.pins.some(pin => pin.message.id === message.id),
    answered: threads && message.reply_to_id
      ? { username: answered?.username ?? '', text: answered ? (conversation.hides(answered) ? 'hidden' : answered.content || answered.attachments?.[0]?.name || '').slice(0, 120) : 'an earlier message' }
      : null,
  };
}

/** The names that are mentioned, and whether each is this user's. */
function mentionsOf(conversation, message) {
  const names = message.mentions_everyone ? [['everyone', true], ['here', true]] : [];
  for (const user of message.mentions ?? []) {
    const isMine = user === conversation.me.id;
    names.push([user, isMine], [conversation.participants.get(user)?.username ?? user, isMine]);
  }
  return Object.fromEntries(names);
}

function mayOf(conversation, message, mine, threads) {
  const speaks = conversation.maySpeak && message.message_type !== 'system';
  const isSaid = message.message_type !== 'system';
  return [
    speaks && 'react',
    speaks && threads && 'reply',
    threads && 'thread',
    isSaid && threads && 'forward',
    isSaid && conversation.mayPin && 'pin',
    isSaid && !mine && 'report',
    speaks && mine && !message.forwarded_from && 'edit',
    (mine || conversation.mayModerate) && 'delete',
  ].filter(Boolean);
}
