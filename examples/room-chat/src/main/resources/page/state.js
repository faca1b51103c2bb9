// What the page knows: conversations, and what this user wrote and the server has not confirmed yet. Nothing here touches the document.

const MOST_SHOWN = 500;
const RETURN = 10_000; // who comes back within so many milliseconds was not away

/** A room, `#general`, or the private messages with somebody, `@ann`. */
export class Conversation {
  items = []; // {id, type: 'said' | 'arrived' | 'left' | 'lost', user, content, timestamp}
  keys = new Map(); // the id of an own message -> the key it was sent with, by which the page goes on showing it
  delivered = new Map(); // user -> how far everything has reached them
  unread = 0;
  isPutOff = false; // the server could not be asked for it, or could not say
  #known = new Set(); // the ids of the items
  #forgotten = 0; // the last number that is no longer among them
  #generation = 0; // numbers begin anew when the server has forgotten everything

  constructor(key) {
    this.key = key;
  }

  idOf(seq) {
    return `${this.#generation}/${seq}`;
  }

  /** Adds an item, once however often it is told; answers whether it is new. */
  add(seq, item) {
    const id = this.idOf(seq);
    if (seq <= this.#forgotten || this.#known.has(id)) return false;
    this.#known.add(id);
    this.#push({ ...item, id, seq });
    return true;
  }

  #push(item) {
    this.items.push(item);
    if (this.items.length <= MOST_SHOWN) return;
    const gone = this.items.shift();
    this.#known.delete(gone.id);
    this.keys.delete(gone.id);
    if (gone.id === this.idOf(gone.seq)) this.#forgotten = gone.seq;
  }

  lost({ cause, from, to }) {
    const isNew = cause === 'epoch' || (from && to && from.epoch !== to.epoch);
    if (isNew) {
      this.#generation++;
      this.#forgotten = 0;
      this.delivered.clear();
    }
    for (const id of this.keys.keys()) if (!this.#known.has(id)) this.keys.delete(id); // it is not coming any more
    if (this.items.length && this.items.at(-1).type !== 'lost') {
      this.#push({ id: `lost ${this.items.at(-1).id}`, type: 'lost', isNew });
    }
  }

  /** Who has a message, of those who are not its author. */
  reached(item) {
    return item.id === this.idOf(item.seq)
      ? [...this.delivered].filter(([user, offset]) => user !== item.user && offset >= item.seq).map(([user]) => user)
      : [];
  }
}

/** Leaves out who was here all the time: a lost connection, or a restarted server, is no departure. */
export function withoutReturns(items) {
  const kept = [];
  const last = new Map(); // user -> their last coming or going
  for (const item of items) {
    if (item.type === 'arrived' || item.type === 'left') {
      const before = last.get(item.user);
      if (item.type === before?.type) continue;
      if (item.type === 'arrived' && before && Date.parse(item.timestamp) - Date.parse(before.timestamp) < RETURN) {
        kept.splice(kept.indexOf(before), 1);
        last.set(item.user, { ...item });
        continue;
      }
      last.set(item.user, item);
    }
    kept.push(item);
  }
  return kept;
}

/** What was written and not confirmed, oldest first. It outlives a reload, and goes out under the same key, so it is said once. */
export class Outbox {
  entries = []; // {key, conversation, text, first, failed, id}
  #name;

  constructor(user) {
    this.#name = `outbox of ${user}`;
    try {
      this.entries = JSON.parse(sessionStorage.getItem(this.#name)) ?? [];
    } catch {
      // then nothing was kept
    }
  }

  in(conversation) {
    return this.entries.filter(entry => entry.conversation === conversation);
  }

  add(conversation, text) {
    const entry = { key: crypto.getRandomValues(new Uint32Array(4)).join('-'), conversation, text, first: 0, failed: '' };
    this.entries.push(entry);
    this.save();
    return entry;
  }

  remove(entry) {
    this.entries = this.entries.filter(each => each !== entry);
    this.save();
  }

  save() {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.entries.map(({ key, conversation, text, first, failed }) =>
        ({ key, conversation, text, first, failed }))));
    } catch {
      // full or forbidden: then they last as long as the page
    }
  }

  forget() {
    this.entries = [];
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // then nothing was kept
    }
  }
}

/** How far this user has read their private messages, in whatever tab. */
export class Seen {
  #name;

  constructor(user) {
    this.#name = `seen by ${user}`;
  }

  #all(epoch) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name));
      return kept && kept.epoch === epoch ? kept : { epoch, upTo: {} };
    } catch {
      return { epoch, upTo: {} };
    }
  }

  has(epoch, conversation, seq) {
    return seq <= (this.#all(epoch).upTo[conversation] ?? 0);
  }

  note(epoch, conversation, seq) {
    const all = this.#all(epoch);
    if (seq <= (all.upTo[conversation] ?? 0)) return;
    all.upTo[conversation] = seq;
    try {
      localStorage.setItem(this.#name, JSON.stringify(all));
    } catch {
      // then they are unread again in the next tab
    }
  }
}

const names = users => users.length < 2 ? users.join('')
  : users.length < 4 ? `${users.slice(0, -1).join(', ')} and ${users.at(-1)}` : `${users.length} people`;

export const typingText = users => !users.length ? '' : `${names(users)} ${users.length === 1 ? 'is' : 'are'} typing…`;

/** What the log shows of a conversation: everything that happened, then what waits. */
export function rowsOf(conversation, outbox, me, online) {
  const waiting = outbox.in(conversation.key);
  const tied = new Set(conversation.items.map(item => item.id));
  const rows = withoutReturns(conversation.items).map(item => {
    if (item.type === 'lost') return { id: item.id, system: item.isNew ? 'The history of the server begins anew here.' : 'You missed more than the server keeps.', grave: true };
    if (item.type !== 'said') return { id: item.id, system: `${item.user} ${item.type === 'left' ? 'left' : 'joined'}` };
    const mine = item.user === me;
    const row = { id: conversation.keys.get(item.id) ?? item.id, user: item.user, text: item.content, time: item.timestamp, mine };
    return mine ? { ...row, ...fateOf(conversation.reached(item)) } : row;
  });
  for (const entry of waiting) {
    if (entry.id && tied.has(entry.id)) continue;
    const row = { id: entry.key, user: me, text: entry.text, mine: true };
    rows.push(entry.failed ? { ...row, fate: 'failed', told: `Not sent: ${entry.failed}`, entry }
      : entry.id ? { ...row, ...fateOf([]) }
      : { ...row, fate: 'waiting', told: online ? 'Sending…' : 'Waits for the connection' });
  }
  return rows;
}

const fateOf = reached => reached.length
  ? { fate: 'delivered', told: `Delivered to ${names(reached)}` }
  : { fate: 'accepted', told: 'Accepted by the server' };
