// A WebSocket without a network and a clock without time, for one client.

import { ChannelBox } from '../../../../chat-jakarta-websocket/src/main/js/channelbox.js';

/** Lets everything that waits for a promise go on. */
export const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

class FakeSocket {
  sent = [];
  closed = null;

  constructor(world, url, protocols) {
    Object.assign(this, { world, url, protocols });
    world.sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closed ??= code ?? 'closed';
  }

  open() {
    this.onopen();
    return this;
  }

  /** Hears these in one frame. */
  hear(...messages) {
    this.hearText(messages.map((message) => JSON.stringify(message)).join('\x1e'));
  }

  hearText(data) {
    this.onmessage({ data });
  }

  end(code = 1006, reason = '') {
    this.onclose({ code, reason });
  }

  /** What was sent of a type. */
  of(type) {
    return this.sent.filter((frame) => (frame.type ?? frame.action) === type);
  }

  /** Answers the newest frame of a type. */
  answer(type, answer, payload = {}) {
    const { topic, ref } = this.of(type).at(-1);
    this.hear({ topic, ref, type: answer, payload });
  }

  subscribed(payload = { position: { epoch: 'e', offset: 0 } }) {
    this.answer('subscribe', 'subscribed', payload);
  }

  ack(offset) {
    this.answer('say', 'ack', { id: `m${offset}`, position: { epoch: 'e', offset } });
  }
}

class FakePage extends EventTarget {
  navigator = { onLine: true };
  location = { href: 'https://chat.example/room' };
  document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
}

/** One client, its sockets, its clock and its page. */
export class World {
  sockets = [];
  states = [];
  time = 1_000_000;
  random = 1;
  page = new FakePage();
  #tasks = [];

  constructor(options = {}, url = '/ws/topics') {
    const world = this;
    this.chat = new ChannelBox(url, {
      WebSocket: function (address, protocols) {
        return new FakeSocket(world, address, protocols);
      },
      window: this.page,
      random: () => this.random,
      now: () => this.time,
      setTimeout: (task, delay) => {
        const timer = { at: this.time + delay, task };
        this.#tasks.push(timer);
        return timer;
      },
      clearTimeout: (timer) => (this.#tasks = this.#tasks.filter((each) => each !== timer)),
      ...options,
    });
    this.chat.on('state', (state) => this.states.push(state));
  }

  get socket() {
    return this.sockets.at(-1);
  }

  get timers() {
    return this.#tasks.length;
  }

  async pass(millis) {
    const end = this.time + millis;
    for (;;) {
      const [next] = this.#tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#tasks = this.#tasks.filter((each) => each !== next);
      this.time = Math.max(this.time, next.at);
      next.task();
      await settle();
    }
    this.time = end;
  }

  /** A client whose first connection is open. */
  static async open(options, url) {
    const world = new World(options, url);
    await settle();
    world.socket.open();
    return world;
  }

  /** A client that is subscribed to one topic. */
  static async inRoom(options = {}, topic = {}, start) {
    const world = await World.open(options);
    world.room = world.chat.topic('room:1', topic);
    world.heard = [];
    world.room.on('*', (payload, { type, seq }) => world.heard.push([type, payload, seq]));
    world.socket.subscribed(start);
    return world;
  }

  /** The connection breaks, and the next one is open. */
  async reconnect(code, reason) {
    this.socket.end(code, reason);
    await this.pass(this.states.at(-1).retryIn);
    this.socket.open();
    return this.socket;
  }
}

/** What becomes of a promise, without waiting for it. */
export const watch = (promise) => {
  const seen = { state: 'pending' };
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (error) => Object.assign(seen, { state: 'rejected', reason: error.reason, error }),
  );
  return seen;
};
