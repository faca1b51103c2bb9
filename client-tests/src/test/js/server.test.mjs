// The client and a real server, with a network between them that breaks. CONTROL is where servers are started and broken.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { ChannelBox } from '../../../../chat-jakarta-websocket/src/main/js/channelbox.js';

const control = async (...words) => {
  const answer = await fetch(`${process.env.CONTROL}/${words.join('/')}`);
  assert.equal(answer.status, 200, `${words}: ${answer.status === 200 ? '' : await answer.text()}`);
  return answer.json();
};

const QUICK = { baseDelay: 50, maxDelay: 400, heartbeat: 800, patience: 2_000, connectTimeout: 5_000 };
const ROOM = 'room:lobby';
const open = [];

/** Waits until something holds; whoever never does is told by the test's time limit. */
const until = async (condition, what) => {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `never: ${what ?? condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** A WebSocket that writes down the frames it is sent. */
const watching = (frames) =>
  class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => frames.push(data));
    }
  };

/** Somebody in the room, who writes down what happens. */
class Guest {
  said = [];
  lost = [];
  states = [];

  constructor(scene, name, { path = 'topics', ...options } = {}, topic = {}) {
    this.chat = new ChannelBox(`ws://localhost:${scene.port}/ws/${path}`, { ...QUICK, token: name, ...options });
    this.chat.on('state', (state) => this.states.push(state));
    this.room = this.chat.topic(ROOM, topic);
    this.room.on('said', ({ text }, { seq }) => this.said.push([seq, text]));
    this.room.on('lost', (lost) => this.lost.push(lost));
    open.push(this.chat);
  }

  get texts() {
    return this.said.map(([, text]) => text);
  }

  here() {
    return until(() => this.room.state === 'subscribed', 'subscribed');
  }

  say(text) {
    return this.room.publish('say', { text });
  }
}

const enter = async (scene, ...names) => {
  const guests = names.map((name) => new Guest(scene, name));
  for (const guest of guests) await guest.here();
  return guests;
};

const numbered = (count, word = 'm') => Array.from({ length: count }, (_, i) => `${word}${i + 1}`);

/** Every one of these exactly once, in this order, with numbers that only grow. */
const exactly = (guest, texts) => {
  assert.deepEqual(guest.texts, texts);
  const seqs = guest.said.map(([seq]) => seq);
  assert.deepEqual(seqs, [...seqs].sort((a, b) => a - b));
};

/** Says these while `disturb` happens, and waits until all are confirmed. */
const sayAll = async (guest, texts, disturb) => {
  const results = texts.map((text) => guest.say(text));
  const spread = Math.ceil(texts.length / 4);
  results[spread].then(disturb, () => {});
  return Promise.all(results);
};

afterEach(() => {
  for (const chat of open.splice(0)) chat.close();
});

describe('a network that works', { timeout: 60_000 }, () => {
  test('carries messages, confirmations and refusals', async () => {
    const [ann, bob] = await enter(await control('open', 'memory'), 'ann', 'bob');

    const { id, position } = await ann.say('hi');
    await until(() => bob.said.length === 1);

    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.equal(position.offset, 1);
    exactly(bob, ['hi']);
    await assert.rejects(ann.say(' '), { reason: 'invalid' });
    assert.deepEqual((await ann.room.publish('roll')).reply, { type: 'rolled', payload: { eyes: 6 } });
  });

  test('gives a newcomer the newest messages', async () => {
    const scene = await control('open', 'memory');
    const [ann] = await enter(scene, 'ann');
    for (const text of numbered(5)) await ann.say(text);

    const bob = new Guest(scene, 'bob', {}, { last: 3 });
    await until(() => bob.said.length === 3);

    exactly(bob, ['m3', 'm4', 'm5']);
  });

  test('lets a token come as a subprotocol', async () => {
    const scene = await control('open', 'memory');
    const bob = new Guest(scene, 'bob', { tokenIn: 'subprotocol' });

    await bob.here();
  });

  test('carries what waits in few frames, in order', async () => {
    const scene = await control('open', 'memory');
    const texts = numbered(50);
    for (const text of texts) await control('say', scene.number, ROOM, text);
    const frames = [];

    const bob = new Guest(scene, 'bob', { WebSocket: watching(frames) }, { last: 50 });
    await until(() => bob.said.length === 50);

    exactly(bob, texts);
    assert.ok(frames.length <= 5, `${frames.length} frames`);
  });

  test('carries one message in a frame where the server was told so', async () => {
    const scene = await control('open', 'memory');
    const texts = numbered(50);
    for (const text of texts) await control('say', scene.number, ROOM, text);
    const frames = [];

    const bob = new Guest(scene, 'bob', { WebSocket: watching(frames), path: 'singly' }, { last: 50 });
    await until(() => bob.said.length === 50);

    exactly(bob, texts);
    assert.ok(frames.length > 50, `${frames.length} frames`);
    frames.forEach((frame) => JSON.parse(frame));
  });

  test('carries one message in a frame to clients that offer nothing', async () => {
    const scene = await control('open', 'memory');
    const texts = numbered(50);
    for (const text of texts) await control('say', scene.number, ROOM, text);
    const frames = [];

    const plain = new (watching(frames))(`ws://localhost:${scene.port}/ws/topics?token=bob`);
    plain.onopen = () => plain.send(JSON.stringify({ topic: ROOM, type: 'subscribe', payload: { last: 50 } }));
    await until(() => frames.length > 50);
    plain.close();

    const said = frames.map((frame) => JSON.parse(frame)).filter(({ type }) => type === 'said');
    assert.deepEqual(said.map(({ payload }) => payload.text), texts);
    assert.equal(plain.protocol, '');
  });

  test('is left open as long as it is quiet', async () => {
    const [ann] = await enter(await control('open', 'memory'), 'ann');

    await new Promise((resolve) => setTimeout(resolve, 2_000));

    assert.deepEqual(ann.states.map(({ state }) => state), ['connecting', 'open']);
  });
});

describe('a network that breaks', { timeout: 120_000 }, () => {
  for (const store of ['memory', 'durable']) {
    test(`loses nothing and doubles nothing (${store})`, async () => {
      const scene = await control('open', store);
      const [ann, bob] = await enter(scene, 'ann', 'bob');
      const texts = numbered(60);

      await sayAll(ann, texts.slice(0, 20), () => control('cut', scene.number));
      await sayAll(ann, texts.slice(20, 40), () => control('cut', scene.number));
      await sayAll(ann, texts.slice(40), () => control('cut', scene.number));
      await until(() => bob.said.length >= 60, '60 messages');

      exactly(bob, texts);
      exactly(ann, texts);
      assert.deepEqual([...bob.lost, ...ann.lost], []);
    });
  }

  test('goes on where it was, with what was said meanwhile', async () => {
    const scene = await control('open', 'memory');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    await ann.say('before');
    await until(() => bob.said.length === 1);

    await control('cut', scene.number);
    for (const text of ['one', 'two']) await control('say', scene.number, ROOM, text);
    await until(() => bob.said.length === 3);

    exactly(bob, ['before', 'one', 'two']);
    assert.deepEqual(bob.lost, []);
  });

  test('is noticed where nobody says so', async () => {
    const scene = await control('open', 'memory');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    await ann.say('before');
    await until(() => bob.said.length === 1);

    await control('freeze', scene.number);
    const later = ann.say('into the void');
    await until(() => bob.states.at(-1).state !== 'open', 'noticed');
    await control('say', scene.number, ROOM, 'meanwhile');
    await control('thaw', scene.number);
    await later;
    await until(() => bob.said.length === 3);

    assert.equal(new Set(bob.texts).size, 3);
    assert.ok(bob.states.some(({ reason }) => reason === 'no sign of life'));
    assert.deepEqual(bob.lost, []);
  });
});

describe('a server', { timeout: 120_000 }, () => {
  test('that ends tells when to come back, and loses nothing where its store lives on', async () => {
    const scene = await control('open', 'durable');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    await ann.say('before');
    await until(() => bob.said.length === 1);

    await control('stop', scene.number);
    await until(() => bob.states.at(-1).state !== 'open');
    const later = numbered(5).map((text) => ann.say(text));
    await control('start', scene.number);
    await Promise.all(later);
    await until(() => bob.said.length === 6);

    exactly(bob, ['before', ...numbered(5)]);
    assert.deepEqual(bob.lost, []);
    assert.equal(bob.states.find(({ code }) => code).code, 1001);
  });

  test('whose store does not live on says what was lost', async () => {
    const scene = await control('open', 'memory');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    await ann.say('before');
    await until(() => bob.said.length === 1);

    await control('stop', scene.number);
    await control('start', scene.number);
    await until(() => bob.lost.length === 1, 'lost');
    await ann.say('after');
    await until(() => bob.said.length === 2);

    assert.equal(bob.lost[0].cause, 'epoch');
    assert.deepEqual(bob.texts, ['before', 'after']);
  });

  test('that stops in the middle of many messages has each of them once', async () => {
    const scene = await control('open', 'durable');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    const texts = numbered(40);

    await sayAll(ann, texts, async () => {
      await control('stop', scene.number);
      await control('start', scene.number);
    });
    await until(() => bob.said.length >= 40, '40 messages');

    exactly(bob, texts);
    assert.deepEqual(bob.lost, []);
  });

  test('that drains is obeyed, and what it had accepted is there', async () => {
    const scene = await control('open', 'durable');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    await ann.say('before');
    await until(() => bob.said.length === 1);

    await control('drain', scene.number);
    await until(() => ann.states.some(({ code }) => code === 1001), 'sent away');
    const later = ann.say('after');
    await control('stop', scene.number);
    await control('start', scene.number);
    await later;
    await until(() => bob.said.length === 2);

    const away = ann.states.find(({ code }) => code === 1001);
    assert.match(away.reason, /retry in \d+ ms$/);
    assert.equal(away.retryIn, Number(/retry in (\d+) ms$/.exec(away.reason)[1]));
    exactly(bob, ['before', 'after']);
    assert.deepEqual(bob.lost, []);
  });

  test('that ends a token is given a new one', async () => {
    const scene = await control('open', 'memory');
    const tokens = ['ann-1', 'ann-2'];
    const asked = [];
    const ann = new Guest(scene, '', { token: ({ refused }) => asked.push(refused) && (refused ? tokens[1] : tokens[0]) });
    await ann.here();

    await control('expire', scene.number, 'ann-1');
    await until(() => asked.length === 2 && ann.room.state === 'subscribed');

    assert.deepEqual(asked, [false, true]);
  });

  test('that fails over a message is asked three times, and the next message comes through', async () => {
    const [ann, bob] = await enter(await control('open', 'memory'), 'ann', 'bob');

    const poison = ann.say('poison');
    const good = ann.say('good');

    await assert.rejects(poison, { reason: 'failed' });
    await good;
    await until(() => bob.said.length === 1);
    exactly(bob, ['good']);
  });
});

describe('who is here', { timeout: 60_000 }, () => {
  test('is told, with status and typing, also over an interruption', async () => {
    const scene = await control('open', 'memory');
    const [ann, bob] = await enter(scene, 'ann', 'bob');
    const ids = (guest) => guest.room.members.map(({ id }) => id).sort();
    await until(() => ids(ann).length === 2 && ids(bob).length === 2, 'both are here');
    assert.deepEqual(ids(ann), ['ann', 'bob']);

    bob.room.status('busy', 'thinking');
    await until(() => ann.room.members.some(({ id, status, text }) => id === 'bob' && status === 'busy' && text === 'thinking'), 'busy');
    bob.room.typing();
    await until(() => ann.room.typers.length === 1, 'types');
    assert.equal(ann.room.typers[0].user, 'bob');
    await bob.say('done');
    await until(() => ann.room.typers.length === 0, 'types no longer');

    await control('cut', scene.number);
    await until(() => ann.states.filter(({ state }) => state === 'open').length === 2);
    await ann.here();
    bob.chat.close();
    await until(() => ids(ann).join() === 'ann', 'bob has left');
  });

  test('and how far they have heard', async () => {
    const scene = await control('open', 'memory');
    const ann = new Guest(scene, 'ann');
    const bob = new Guest(scene, 'bob', { receipts: true });
    await ann.here();
    await bob.here();
    const delivered = [];
    ann.room.on('delivered', ({ user, offset }) => delivered.push([user, offset]));

    const { position } = await ann.say('hi');
    await until(() => delivered.length === 1, 'delivered');

    assert.deepEqual(delivered, [['bob', position.offset]]);
  });
});
