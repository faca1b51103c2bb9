/*
 * The client of ChannelBox's topics, for browsers and Node: one module, no dependencies.
 * Copyright the ChannelBox authors. Apache License 2.0.
 *
 * Where to start reading: ChannelBox owns the one connection and when to come back, Topic what is heard and said in one topic.
 */

const DEFAULTS = {
  type: 'type', // the field that names a frame's type
  payload: 'payload', // the field that holds the message; null: its fields stand beside the type
  tokenIn: 'query', // or 'subprotocol'
  protocols: [],
  baseDelay: 500, // of the back-off, which doubles up to maxDelay and is drawn anew from 0 each time
  maxDelay: 30_000,
  connectTimeout: 15_000,
  heartbeat: 20_000, // after so long a silence the server is asked for a sign of life
  patience: 10_000, // and so long it has to give one
  queueCount: 1_000, // what waits for its confirmation, over all topics
  queueBytes: 1_048_576,
  largest: 65_536, // bytes of one frame; a server closes for good over a larger one
  answerTimeout: 15_000, // a message without an answer on a connection that lives is sent again after it
  retryFor: 270_000, // servers know a message's key for five minutes: later, sending again could say it twice
  receipts: false,
};

/** The close codes that invite back; those of 1014 and 1015 are a proxy's. Every other one is final. */
const INVITING = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 4408, 4413, 4429]);
const NOT_AUTHENTICATED = 4401;
const FAILED = 1011;
const LONGEST_ADVICE = 300_000;
const STABLE = 5_000; // a connection that lived so long has earned a short first delay
const ATTEMPTS = 3; // for a message that the server fails over
const TYPING_EVERY = 3_000;
const RECEIPT_EVERY = 1_000;
const TEMPORARY = new Set(['rate_limited', 'unavailable']);

const PROTOCOL = 'channelbox.v1'; // in it a frame from the server may hold several messages
const SEPARATOR = '\x1e'; // which stands between them

const START = { epoch: '', offset: 0 }; // everything a topic has ever kept comes after it

const bytes = new TextEncoder();

/** Why something was not done: `reason` is stable, `detail` for people, `errors` say which field is wrong. */
export class ChatError extends Error {
  constructor(reason, detail = '', errors = []) {
    super(detail || reason);
    this.name = 'ChatError';
    this.reason = reason;
    this.detail = detail;
    this.errors = errors;
  }
}

const report = (error) => (globalThis.reportError ?? console.error)(error);

class Emitter {
  #handlers = new Map();

  on(type, handler) {
    const known = this.#handlers.get(type);
    if (known) known.add(handler);
    else this.#handlers.set(type, new Set([handler]));
    return () => this.off(type, handler);
  }

  off(type, handler) {
    this.#handlers.get(type)?.delete(handler);
  }

  /** Tells every handler, whatever one of them throws. */
  _emit(type, ...args) {
    for (const handler of [...(this.#handlers.get(type) ?? [])]) {
      try {
        handler(...args)?.catch?.(report);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** One connection that comes back by itself, and the topics it carries. */
export class ChannelBox extends Emitter {
  state = 'closed';

  _topics = new Map();
  #answers = new Map(); // by ref, of this connection
  #refs = 0;
  _keys = 0;
  _waiting = 0;
  _waitingBytes = 0;
  _turn = 0; // what an older attempt still reports is not heard
  #attempts = 0;
  #opened = 0;
  #heard = 0;
  #probed = false;
  #refused = false; // the last token did not hold
  #socket = null;
  #timer = null;
  #listening = [];
  #advised = false; // the server has said when to come back
  #url;

  constructor(url, options = {}) {
    super();
    const world = options.window ?? globalThis;
    const o = (this._options = {
      WebSocket: world.WebSocket,
      random: Math.random,
      now: () => Date.now(),
      setTimeout: (task, delay) => setTimeout(task, delay),
      clearTimeout: (timer) => clearTimeout(timer),
      ...DEFAULTS,
      ...options,
      window: world,
    });
    if (!o.WebSocket) throw new TypeError('there is no WebSocket here: give one, { WebSocket }');
    this.#url = new URL(url, world.location?.href);
    this.#url.protocol = this.#url.protocol.replace('http', 'ws');
    this._name = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');
    queueMicrotask(() => this._turn || this.connect());
  }

  /** Connects again after the state was `closed`. Topics that were not left go on where they were. */
  connect() {
    if (this.state !== 'closed') return;
    this.#attempts = 0;
    this.#refused = false;
    const { window } = this._options;
    this.#listen(window, 'online', () => this.#hurry());
    this.#listen(window, 'offline', () => this.#probe());
    this.#listen(window.document, 'visibilitychange', () => window.document.visibilityState === 'visible' && this.#hurry());
    this.#open();
  }

  /** Ends the connection for good. What was not confirmed is rejected with `closed`. */
  close() {
    if (this.state === 'closed' && this._turn) return;
    this.#end(1000, 'closed here', true);
  }

  /** Subscribes, now and whenever there is a connection. The same name gives the same topic until it is left. */
  topic(name, options = {}) {
    let topic = this._topics.get(name);
    if (!topic || topic.state === 'ended') {
      topic = new Topic(this, name, options);
      this._topics.set(name, topic);
    }
    if (this.state === 'open' && topic.state !== 'subscribed') topic._subscribe();
    return topic;
  }

  #listen(target, type, listener) {
    if (!target?.addEventListener) return;
    target.addEventListener(type, listener);
    this.#listening.push(() => target.removeEventListener(type, listener));
  }

  #set(state, details = {}) {
    this.state = state;
    this._emit('state', { state, ...details });
  }

  #after(delay, task) {
    this._options.clearTimeout(this.#timer);
    this.#timer = this._options.setTimeout(task, delay);
  }

  async #open() {
    const o = this._options;
    const turn = ++this._turn;
    const current = () => turn === this._turn;
    this.#advised = false;
    this.#set('connecting');
    if (!current()) return;
    this.#after(o.connectTimeout, () => this.#end(1006, 'no connection in time'));
    let token;
    try {
      token = typeof o.token === 'function' ? await o.token({ refused: this.#refused }) : o.token;
    } catch (error) {
      if (current()) this.#end(1006, `no token: ${error?.message ?? error}`);
      return;
    }
    if (!current()) return;
    let socket;
    try {
      const url = new URL(this.#url);
      const protocols = [PROTOCOL, ...o.protocols];
      if (token != null && o.tokenIn === 'subprotocol') protocols.push(`bearer.${token}`);
      else if (token != null) url.searchParams.set('token', token);
      socket = this.#socket = new o.WebSocket(url.href, protocols);
    } catch (error) {
      this.#end(0, `${error?.message ?? error}`, true); // the next attempt would fail alike
      return;
    }
    socket.onopen = () => current() && this.#up();
    socket.onmessage = ({ data }) => {
      for (const text of `${data}`.split(SEPARATOR)) {
        try {
          if (current()) this.#hear(text);
        } catch (error) {
          report(error); // what stands beside it is heard
        }
      }
    };
    socket.onclose = ({ code, reason }) => current() && this.#end(code, reason);
    socket.onerror = () => {}; // a close follows
  }

  #up() {
    this.#opened = this.#heard = this._options.now();
    this.#probed = false;
    this.#answers.clear();
    this.#watch();
    this.#set('open');
    for (const topic of [...this._topics.values()]) if (this.state === 'open') topic._subscribe();
  }

  /** The end of a connection, or of an attempt; decides what next. */
  #end(code, reason = '', final = false) {
    const o = this._options;
    const socket = this.#socket;
    const lived = this.#opened && o.now() - this.#opened;
    this._turn++;
    this.#socket = null;
    this.#opened = 0;
    o.clearTimeout(this.#timer);
    this.#answers.clear();
    if (socket) {
      try {
        socket.close(...(final && code === 1000 ? [1000] : []));
      } catch {
        // it is gone
      }
    }
    const again = code === NOT_AUTHENTICATED && typeof o.token === 'function' && !this.#refused;
    const closed = final || !(again || INVITING.has(code));
    if (closed) {
      for (const forget of this.#listening.splice(0)) forget();
      this.state = 'closed';
    } else {
      this.state = 'waiting'; // handlers see no connection
    }
    const turn = this._turn;
    for (const topic of [...this._topics.values()]) topic._down(code, closed && (reason || `${code}`));
    if (turn !== this._turn) return;
    if (closed) {
      this.#set('closed', { code, reason });
    } else if (again) {
      this.#refused = true;
      this.#open();
    } else {
      this.#wait(code, reason, lived);
    }
  }

  #wait(code, reason, lived) {
    const o = this._options;
    if (lived >= STABLE) this.#attempts = 0;
    const advice = /retry in (\d+) ms$/.exec(reason);
    const offline = o.window.navigator?.onLine === false;
    const retryIn = advice
      ? Math.min(+advice[1], LONGEST_ADVICE)
      : offline
        ? o.maxDelay
        : Math.round(o.random() * Math.min(o.maxDelay, o.baseDelay * 2 ** Math.min(this.#attempts++, 30)));
    this.#advised = !!advice;
    this.#after(retryIn, () => this.#open());
    this.#set(offline ? 'offline' : 'waiting', { code, reason, retryIn });
  }

  /** Somebody is looking, or the network is back: do not wait longer than a server has asked for. */
  #hurry() {
    if (this.state === 'open') this.#probe();
    else if ((this.state === 'waiting' || this.state === 'offline') && !this.#advised) this.#open();
  }

  #watch() {
    const o = this._options;
    const silence = o.now() - this.#heard;
    if (silence >= o.heartbeat) this.#probe(o.patience * (this.#answers.size ? 2 : 1)); // the answer comes after what was asked before
    else this.#after(o.heartbeat - silence, () => this.#watch());
  }

  #probe(patience = this._options.patience) {
    if (this.state !== 'open' || this.#probed) return;
    this.#probed = true;
    this.#after(patience, () => this.#end(1006, 'no sign of life'));
    this._send('ping');
  }

  #hear(data) {
    this.#heard = this._options.now();
    if (this.#probed) {
      this.#probed = false;
      this.#watch();
    }
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return; // nothing of ours
    }
    if (!frame || typeof frame !== 'object') return;
    const { type: typeField, payload: payloadField } = this._options;
    const type = frame[typeField];
    let payload = frame;
    if (payloadField) {
      payload = frame[payloadField] ?? {};
    } else {
      payload = { ...frame };
      for (const field of [typeField, 'version', 'topic', 'ref', 'seq', 'is_mine', 'is_current']) delete payload[field];
    }
    if (frame.topic != null || type === 'pong') this.#refused = false; // whoever hears that was let in
    const answer = this.#answers.get(frame.ref);
    if (answer) {
      this.#answers.delete(frame.ref);
      if (answer(type, payload)) return;
    }
    const topic = this._topics.get(frame.topic);
    if (topic) topic._hear(type, payload, frame);
    else if (type !== 'pong' && frame.topic == null) this._emit('message', payload, { type });
  }

  /** Sends a frame of the protocol's own; an `answer` is told the first that answers, and says whether it is done with. */
  _send(type, topic, payload, answer) {
    this._sendText(this._frame({ topic }, type, payload), answer);
  }

  /** At least what the server asked for; spread, so that not all who were told the same come back in the same moment. */
  _delay({ retryAfterMillis, retry_after_millis }) {
    return (retryAfterMillis ?? retry_after_millis ?? 1_000) * (1 + this._options.random());
  }

  _frame(fields, type, payload) {
    const o = this._options;
    return JSON.stringify({ ...(o.payload ? { [o.payload]: payload } : payload), ...fields, [o.type]: type });
  }

  _sendText(text, answer) {
    if (this.state !== 'open') return;
    if (answer) {
      const ref = `${++this.#refs}`;
      this.#answers.set(ref, answer);
      text = `{"ref":"${ref}",${text.slice(1)}`;
    }
    try {
      this.#socket.send(text);
    } catch {
      // it is closing: that is told by its close, and what has no answer is sent again
    }
  }
}

/** What is heard and said in one topic. Made by {@link ChannelBox#topic}. */
class Topic extends Emitter {
  state = 'waiting';

  #epoch = null;
  #offset = null;
  #begun = false; // was subscribed: without a position then, whatever is there was said since
  #queue = []; // what is not confirmed, in order; only the first is ever on its way
  #members = new Map();
  #presence = null;
  #asked = null; // when, for the presence that is not known any more
  #typers = new Map();
  #status = null;
  #typed = 0;
  #receipt = 0;
  #receiptDue = false;
  #receipts;
  #last;
  #gone = null; // why nothing can be said here
  #broken = null; // what the server said just now that it cannot go on with

  constructor(chat, name, options) {
    super();
    this._chat = chat;
    this.name = name;
    this.#last = options.last;
    this.#receipts = options.receipts ?? chat._options.receipts;
    if (options.position) this.#at(options.position);
  }

  /** How far the topic was heard: `{epoch, offset}`, or null. Given to a new page, it goes on there. */
  get position() {
    return this.#epoch == null || this.#offset == null ? null : { epoch: this.#epoch, offset: this.#offset };
  }

  get members() {
    return [...this.#members.values()];
  }

  get users() {
    return this.#presence?.users ?? 0;
  }

  get channels() {
    return this.#presence?.channels ?? 0;
  }

  get typers() {
    return [...this.#typers.values()];
  }

  /** Says something. Resolves with what the server confirms, however often the connection breaks meanwhile. */
  publish(type, payload = {}, { timeout, key } = {}) {
    const chat = this._chat;
    const o = chat._options;
    return new Promise((resolve, reject) => {
      key ??= `${chat._name}-${(++chat._keys).toString(36)}`;
      const text = chat._frame({ topic: this.name, idempotency_key: key }, type, payload);
      const size = bytes.encode(text).length + 32;
      const refuse = (reason, detail) => reject(new ChatError(reason, detail));
      if (this.#gone) return reject(this.#gone);
      if (chat.state === 'closed' && chat._turn) return refuse('closed', 'there is no connection any more');
      if (size > o.largest) return refuse('too_big', `at most ${o.largest} bytes, were ${size}`);
      if (chat._waiting >= o.queueCount || chat._waitingBytes + size > o.queueBytes) {
        return refuse('queue_full', 'too much waits for its confirmation');
      }
      chat._waiting++;
      chat._waitingBytes += size;
      const item = { text, size, resolve, reject, first: 0, failures: 0, sent: false };
      if (timeout) {
        item.limit = o.setTimeout(() => this.#done(item, new ChatError('timeout', 'not confirmed in time')), timeout);
      }
      this.#queue.push(item);
      this.#typed = 0; // a message ends the typing
      this.#pump();
    });
  }

  /** Sets what others see of this user here; it is told again after every interruption. */
  status(status, text) {
    this.#status = { status, text };
    this.#tell('status', this.#status);
  }

  /** Says that this user is typing, at most every three seconds, or no longer. */
  typing(typing = true) {
    const now = this._chat._options.now();
    if (this.state !== 'subscribed' || (typing ? this.#typed && now - this.#typed < TYPING_EVERY : !this.#typed)) return;
    this.#typed = typing ? now : 0;
    this.#tell('typing', { typing });
  }

  /** Unsubscribes. What was not confirmed is rejected with `left`. */
  leave() {
    if (this.state === 'left') return;
    if (this._chat._topics.get(this.name) === this) {
      this._chat._topics.delete(this.name);
      if (this.state !== 'ended') this._chat._send('unsubscribe', this.name, undefined, () => true);
    }
    this.#stop('left', new ChatError('left', 'the topic was left'));
  }

  #tell(type, payload) {
    if (this.state === 'subscribed') this._chat._send(type, this.name, payload);
  }

  #at(position) {
    this.#epoch = position?.epoch ?? null;
    this.#offset = position?.offset ?? null;
  }

  #later(delay, task) {
    const turn = this._chat._turn;
    return this._chat._options.setTimeout(() => turn === this._chat._turn && task(), delay);
  }

  _subscribe() {
    if (this.state === 'subscribing' || this.state === 'ended') return;
    this.state = 'subscribing';
    const asked = this.position ?? (this.#begun && this.#offset == null ? START : null);
    const payload = asked ? { last: this.#last, position: asked } : { last: this.#last ?? 0 }; // one of them, so that positions are told
    this._chat._send('subscribe', this.name, payload, (type, answer) => {
      if (this.state !== 'subscribing') return true;
      if (type === 'subscribed') this.#subscribed(asked, answer);
      else if (type === 'error') this.#refused(answer);
      return true;
    });
  }

  #subscribed(asked, { position, recovered, lost }) {
    const heard = this.#offset;
    this.state = 'subscribed';
    this.#gone = this.#broken = null;
    this.#receipt = 0;
    this.#begun = true;
    const whole = recovered === true || (asked === START ? !position?.offset : heard == null || (!asked && position?.offset === heard));
    if (!whole) lost ??= { from: heard == null ? undefined : asked ?? undefined, to: position, cause: 'unknown' };
    this.#at(position);
    this._emit('subscribed', { recovered: recovered === true, position: this.position });
    if (lost) this._emit('lost', lost);
    if (this.#status) this.#tell('status', this.#status);
    this.#pump();
  }

  #refused({ reason, detail, errors, ...rest }) {
    if (TEMPORARY.has(reason)) return this.#again(rest);
    const error = new ChatError(reason, detail, errors);
    this.#stop('refused', error);
    this._emit('error', error);
  }

  /** Subscribes anew, when the server has had the time it asked for. */
  #again(answer) {
    this.state = 'waiting';
    this.#later(this._chat._delay(answer), () => this.state === 'waiting' && this._subscribe());
  }

  /** Nothing can be said here any more, for this reason. */
  #stop(state, error) {
    this.state = state;
    this.#gone = error;
    for (const item of [...this.#queue]) this.#done(item, error);
    this.#forgetTypers();
  }

  _down(code, closed) {
    const sent = this.#unsend();
    if (this.state !== 'ended') this.state = 'waiting';
    this.#gone = this.state === 'ended' ? this.#gone : null;
    this.#typed = 0;
    this.#receiptDue = false;
    if (sent && code === FAILED && ++sent.failures >= ATTEMPTS) this.#done(sent, new ChatError('failed', 'the server failed over it'));
    if (closed) for (const item of [...this.#queue]) this.#done(item, new ChatError('closed', closed));
    this.#forgetTypers();
  }

  _hear(type, payload, frame) {
    if (this.state !== 'subscribed') return; // still from a subscription before
    const { seq } = frame;
    if (seq != null) {
      if (this.#offset != null && seq <= this.#offset) return;
      this.#offset = seq;
      this.#broken = null;
      this.#receive();
    } else if (type === 'unsubscribed' && this.#broken) {
      this.#unsend();
      this.#forgetTypers();
      this.#again(this.#broken);
      return;
    } else if (type === 'unsubscribed') {
      this.#stop('ended', new ChatError('not_subscribed', 'the subscription was ended'));
      this._emit('unsubscribed');
      return;
    } else if (type === 'subscribed') {
      this.#at(payload.position); // the topic had kept nothing before, and had no position to tell
      return;
    } else if (type === 'lost') {
      this.#at(payload.to);
      this._emit('lost', payload);
      return;
    } else if (type === 'presence_state' || type === 'presence_diff') {
      this.#present(type, payload);
      return;
    } else if (type === 'typing') {
      this.#types(payload);
      return;
    } else if (type === 'error') {
      if (payload.reason === 'unavailable' && frame.ref == null) this.#broken = payload;
      this._emit('error', new ChatError(payload.reason, payload.detail, payload.errors));
      return;
    }
    const about = { type, seq, mine: frame.is_mine, current: frame.is_current, topic: this.name };
    this._emit(type, payload, about);
    this._emit('*', payload, about);
  }

  #receive() {
    if (!this.#receipts || this.#receiptDue) return;
    this.#receiptDue = true;
    this.#later(RECEIPT_EVERY, () => {
      this.#receiptDue = false;
      if (this.#offset > this.#receipt) this.#tell('received', { offset: (this.#receipt = this.#offset) });
    });
  }

  // Saying: one at a time, so that a message that has to wait is not overtaken

  #pump() {
    const o = this._chat._options;
    const [item] = this.#queue;
    if (this.state !== 'subscribed' || !item || item.sent || item.held) return;
    const now = o.now();
    if (item.first && now - item.first > o.retryFor) {
      this.#done(item, new ChatError('unconfirmed', 'it may have been said: the answer was lost too long ago to ask again'));
      return;
    }
    item.first ||= now;
    item.sent = true;
    item.patience = o.setTimeout(() => {
      item.sent = false; // the server may still be at it, which is no failure
      this.#pump();
    }, o.answerTimeout);
    this._chat._sendText(item.text, (type, payload) => this.#answered(item, type, payload));
  }

  /** Takes the first answer; says whether it is nothing for handlers. */
  #answered(item, type, payload) {
    if (!this.#queue.includes(item)) return type === 'ack' || type === 'error';
    if (type === 'error') {
      if (TEMPORARY.has(payload.reason)) {
        this.#unsend();
        item.held = true;
        this._chat._options.setTimeout(() => {
          item.held = false;
          this.#pump();
        }, this._chat._delay(payload));
        return true;
      }
      this.#done(item, new ChatError(payload.reason, payload.detail, payload.errors));
      return true;
    }
    if (type === 'ack') {
      this.#done(item, null, { id: payload.id, position: payload.position });
      return true;
    }
    this.#done(item, null, { reply: { type, payload } });
    return false;
  }

  /** Takes back what is on its way, to send it again later. */
  #unsend() {
    const [first] = this.#queue;
    if (!first?.sent) return;
    first.sent = false;
    this._chat._options.clearTimeout(first.patience);
    return first;
  }

  #done(item, error, value) {
    const at = this.#queue.indexOf(item);
    if (at < 0) return;
    const o = this._chat._options;
    this.#queue.splice(at, 1);
    this._chat._waiting--;
    this._chat._waitingBytes -= item.size;
    o.clearTimeout(item.limit);
    o.clearTimeout(item.patience);
    if (error) item.reject(error);
    else item.resolve(value);
    this.#pump();
  }

  // Who is here, and who is typing

  #present(type, now) {
    const before = this.#members;
    const { users, channels, version, reduced = false } = now;
    let { joins = [], leaves = [], updates = [] } = now;
    if (type === 'presence_diff') {
      const { now: time, answerTimeout } = this._chat._options;
      if (!this.#presence && (this.#asked == null || time() - this.#asked < answerTimeout)) return;
      if (version <= this.#presence?.version) return;
      if (version !== this.#presence?.version + 1 && !reduced) { // a reduced one says all there is
        this.#presence = null; // what comes until the answer says nothing
        this.#asked = time();
        this._chat._send('presence', this.name, undefined, (answer) => {
          if (answer === 'error') this.#asked = -Infinity; // then at the next change
          return answer === 'error';
        });
        return;
      }
      for (const member of [...joins, ...updates]) before.set(member.id, member);
      for (const id of leaves) before.delete(id);
      if (reduced) before.clear();
    } else {
      this.#members = new Map((now.members ?? []).map((member) => [member.id, member]));
      joins = this.members.filter(({ id }) => !before.has(id));
      leaves = [...before.keys()].filter((id) => !this.#members.has(id));
      updates = this.members.filter(({ id }) => before.has(id) && JSON.stringify(before.get(id)) !== JSON.stringify(this.#members.get(id)));
    }
    this.#presence = { version, users, channels };
    this._emit('presence', { joins, leaves, updates, members: this.members, users, channels, reduced });
  }

  #types({ user, name, typing }) {
    if (typing) this.#typers.set(user, { user, name });
    else this.#typers.delete(user);
    this._emit('typing', { user, name, typing, typers: this.typers });
  }

  #forgetTypers() {
    for (const { user, name } of this.typers) this.#types({ user, name, typing: false });
  }
}
