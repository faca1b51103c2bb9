import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle, watch, World } from './fake.mjs';

const position = (offset, epoch = 'e') => ({ epoch, offset });

describe('connecting', () => {
  test('begins by itself, at the page\'s host', async () => {
    const world = new World();

    await settle();

    assert.equal(world.socket.url, 'wss://chat.example/ws/topics');
    assert.deepEqual(world.states.map(({ state }) => state), ['connecting']);
    world.socket.open();
    assert.equal(world.chat.state, 'open');
  });

  test('sends a token in the query', async () => {
    const world = await World.open({ token: async () => 'a+b c' });

    assert.equal(world.socket.url, 'wss://chat.example/ws/topics?token=a%2Bb+c');
    assert.deepEqual(world.socket.protocols, ['channelbox.v1']);
  });

  test('sends a token as a subprotocol', async () => {
    const world = await World.open({ token: 'abc', tokenIn: 'subprotocol' });

    assert.equal(world.socket.url, 'wss://chat.example/ws/topics');
    assert.deepEqual(world.socket.protocols, ['channelbox.v1', 'bearer.abc']);
  });

  test('offers the library\'s own subprotocol before those of the application', async () => {
    const world = await World.open({ token: 'abc', tokenIn: 'subprotocol', protocols: ['chat.v2', 'chat.v1'] });

    assert.deepEqual(world.socket.protocols, ['channelbox.v1', 'chat.v2', 'chat.v1', 'bearer.abc']);
  });

  test('gives up an attempt that is not answered', async () => {
    const world = new World();
    await settle();

    await world.pass(15_000);

    assert.equal(world.chat.state, 'waiting');
    assert.equal(world.socket.closed, 'closed');
  });

  test('gives up on a token hook that does not answer, and does not hear it later', async () => {
    let tell;
    const world = new World({ token: () => new Promise((resolve) => (tell = resolve)) });
    await settle();

    await world.pass(15_000);
    tell('late');
    await settle();

    assert.equal(world.chat.state, 'waiting');
    assert.equal(world.sockets.length, 0);
  });

  test('comes back when the token hook fails', async () => {
    let fails = true;
    const world = new World({ token: () => (fails ? Promise.reject(new Error('503')) : 'good') });
    await settle();
    assert.deepEqual(world.states.at(-1), { state: 'waiting', code: 1006, reason: 'no token: 503', retryIn: 500 });

    fails = false;
    await world.pass(500);

    assert.match(world.socket.url, /token=good/);
  });
});

describe('several messages in one frame', () => {
  const said = (seq) => ({ topic: 'room:1', type: 'said', seq, payload: { text: `m${seq}` } });
  const seqs = (world) => world.heard.map(([, , seq]) => seq);

  test('are heard one by one and in order', async () => {
    const world = await World.inRoom();

    world.socket.hear(said(1), said(2), said(3));
    world.socket.hear(said(4));

    assert.deepEqual(world.heard.map(([, { text }]) => text), ['m1', 'm2', 'm3', 'm4']);
    assert.deepEqual(world.room.position, position(4));
  });

  test('may be answers and what comes after them', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', { text: 'm1' }));
    const { ref } = world.socket.of('say').at(-1);

    world.socket.hear(said(1), { topic: 'room:1', ref, type: 'ack', payload: { id: 'x', position: position(1) } }, said(2));
    await settle();

    assert.equal(result.value.id, 'x');
    assert.deepEqual(seqs(world), [1, 2]);
  });

  test('do not suffer from one that is broken', async () => {
    const world = await World.inRoom();

    for (const broken of ['{"type":', '', 'null', '5', '{"topic":"room:1","type":"presence_state","payload":{"members":5}}']) {
      const next = (seqs(world).at(-1) ?? 0) + 1;
      world.socket.hearText([JSON.stringify(said(next)), broken, JSON.stringify(said(next + 1))].join('\x1e'));
    }

    assert.deepEqual(seqs(world), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('are not heard any more once a handler has closed', async () => {
    const world = await World.inRoom();
    world.room.on('said', () => world.chat.close());

    world.socket.hear(said(1), said(2));

    assert.deepEqual(seqs(world), [1]);
  });

  test('end with the separator as little as they begin with it', async () => {
    const world = await World.inRoom();

    world.socket.hearText(`\x1e${JSON.stringify(said(1))}\x1e`);

    assert.deepEqual(seqs(world), [1]);
  });

  test('are no matter for what is binary', async () => {
    const world = await World.inRoom();

    world.socket.onmessage({ data: new Blob(['{}']) });
    world.socket.hear(said(1));

    assert.deepEqual(seqs(world), [1]);
  });
});

describe('coming back', () => {
  test('waits twice as long after every failure, up to the cap', async () => {
    const world = new World();
    await settle();
    const waits = [];

    for (let i = 0; i < 9; i++) {
      world.socket.end();
      waits.push(world.states.at(-1).retryIn);
      await world.pass(waits.at(-1));
    }

    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  test('draws the whole delay at random', async () => {
    const world = new World();
    await settle();
    world.random = 0.25;

    world.socket.end();
    await world.pass(world.states.at(-1).retryIn);
    world.socket.end();

    assert.deepEqual(world.states.filter(({ retryIn }) => retryIn != null).map(({ retryIn }) => retryIn), [125, 250]);
  });

  test('begins anew after a connection that has lived', async () => {
    const world = await World.open();
    for (let i = 0; i < 4; i++) await world.reconnect();
    assert.equal(world.states.at(-3).retryIn, 4000);

    await world.pass(5_000);
    world.socket.end();

    assert.equal(world.states.at(-1).retryIn, 500);
  });

  test('is not fooled by a server that opens and fails at once', async () => {
    const world = await World.open();
    const waits = [];
    for (let i = 0; i < 4; i++) {
      world.socket.end(1011);
      waits.push(world.states.at(-1).retryIn);
      await world.pass(waits.at(-1));
      world.socket.open();
    }

    assert.deepEqual(waits, [500, 1000, 2000, 4000]);
  });

  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 4408, 4413, 4429]) {
    test(`does after ${code}`, async () => {
      const world = await World.open();

      world.socket.end(code);

      assert.equal(world.chat.state, 'waiting');
    });
  }

  for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 4400, 4403, 4404, 4409, 4410, 4499, 4999, 3000]) {
    test(`does not after ${code}`, async () => {
      const world = await World.open();

      world.socket.end(code, 'because');

      assert.deepEqual(world.states.at(-1), { state: 'closed', code, reason: 'because' });
      assert.equal(world.timers, 0);
    });
  }

  for (const code of [1001, 1013, 4429]) {
    test(`obeys the advice of a ${code}`, async () => {
      const world = await World.open();

      world.socket.end(code, 'going away, retry in 2300 ms');

      assert.equal(world.states.at(-1).retryIn, 2300);
      await world.pass(2299);
      assert.equal(world.sockets.length, 1);
      await world.pass(1);
      assert.equal(world.sockets.length, 2);
    });
  }

  test('does not wait for ever on a server\'s advice', async () => {
    const world = await World.open();

    world.socket.end(1001, 'retry in 99999999999 ms');

    assert.equal(world.states.at(-1).retryIn, 300_000);
  });

  test('hurries when somebody looks, but not against advice', async () => {
    const world = await World.open();
    world.socket.end(1006);
    world.page.document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    assert.equal(world.sockets.length, 2);

    world.socket.open();
    world.socket.end(1001, 'retry in 9000 ms');
    world.page.document.dispatchEvent(new Event('visibilitychange'));
    await settle();

    assert.equal(world.sockets.length, 2);
  });

  test('waits for the network where there is none', async () => {
    const world = await World.open();
    world.page.navigator.onLine = false;
    world.socket.end(1006);
    assert.equal(world.chat.state, 'offline');

    await world.pass(20_000);
    assert.equal(world.sockets.length, 1);
    world.page.navigator.onLine = true;
    world.page.dispatchEvent(new Event('online'));
    await settle();

    assert.equal(world.sockets.length, 2);
  });

  test('what an old connection still reports is not heard', async () => {
    const world = await World.inRoom();
    const old = world.socket;
    await world.reconnect();
    world.socket.subscribed({ position: position(0), recovered: true });

    old.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });
    old.end(4403);

    assert.equal(world.chat.state, 'open');
    assert.deepEqual(world.heard, []);
  });
});

describe('a token that does not hold', () => {
  test('is asked for anew, once and at once', async () => {
    const asked = [];
    const world = await World.open({ token: (about) => asked.push(about) && `t${asked.length}` });

    world.socket.end(4401, 'expired');
    await settle();

    assert.deepEqual(asked, [{ refused: false }, { refused: true }]);
    assert.match(world.socket.url, /token=t2/);
    assert.equal(world.sockets.length, 2);
  });

  test('is final the second time in a row', async () => {
    const world = await World.open({ token: () => 't' });
    world.socket.end(4401);
    await settle();

    world.socket.open();
    world.socket.hear({ type: 'authentication', payload: { statusCode: 401 } });
    world.socket.end(4401, 'not authenticated');

    assert.deepEqual(world.states.at(-1), { state: 'closed', code: 4401, reason: 'not authenticated' });
  });

  test('is asked for again when the one before was good', async () => {
    const world = await World.inRoom({ token: () => 't' });
    for (let i = 0; i < 3; i++) {
      world.socket.end(4401, 'expired');
      await settle();
      world.socket.open();
      world.socket.subscribed({ position: position(0), recovered: true });
    }

    assert.equal(world.chat.state, 'open');
  });

  test('is final where there is no hook', async () => {
    const world = await World.open({ token: 'fixed' });

    world.socket.end(4401);

    assert.equal(world.chat.state, 'closed');
  });
});

describe('half-open connections', () => {
  test('are noticed within thirty seconds of silence', async () => {
    const world = await World.open();

    await world.pass(20_000);
    assert.deepEqual(world.socket.sent, [{ type: 'ping' }]);
    await world.pass(9_999);
    assert.equal(world.chat.state, 'open');
    await world.pass(1);

    assert.deepEqual(world.states.at(-1), { state: 'waiting', code: 1006, reason: 'no sign of life', retryIn: 500 });
  });

  test('are not suspected while anything is heard', async () => {
    const world = await World.inRoom();

    for (let i = 1; i < 10; i++) {
      await world.pass(19_000);
      world.socket.hear({ topic: 'room:1', seq: i, type: 'said', payload: {} });
    }

    assert.equal(world.socket.of('ping').length, 0);
  });

  test('are given twice the time while a message has no answer, which may keep the server busy', async () => {
    const world = await World.inRoom();
    await world.pass(12_000);
    watch(world.room.publish('say', {}));

    await world.pass(27_999);
    assert.equal(world.chat.state, 'open');
    await world.pass(1);

    assert.equal(world.chat.state, 'waiting');
  });

  test('are those where the answer stays out, again and again', async () => {
    const world = await World.open();
    for (let i = 0; i < 5; i++) {
      await world.pass(20_000);
      world.socket.hear({ type: 'pong' });
    }
    assert.equal(world.chat.state, 'open');

    await world.pass(30_000);

    assert.equal(world.chat.state, 'waiting');
  });

  test('are looked for at once when the network changes', async () => {
    for (const [target, type] of [['page', 'online'], ['page', 'offline'], ['document', 'visibilitychange']]) {
      const world = await World.open();
      (target === 'page' ? world.page : world.page.document).dispatchEvent(new Event(type));
      assert.equal(world.socket.of('ping').length, 1, type);
      await world.pass(10_000);
      assert.equal(world.chat.state, 'waiting', type);
    }
  });
});

describe('a topic', () => {
  test('is subscribed to once, with what was asked for', async () => {
    const world = new World();
    world.chat.topic('room:1', { last: 50 });
    world.chat.topic('room:1');
    await settle();

    world.socket.open();

    assert.deepEqual(world.socket.sent, [{ ref: '1', type: 'subscribe', topic: 'room:1', payload: { last: 50 } }]);
  });

  test('tells handlers by type, and all', async () => {
    const world = await World.inRoom();
    const said = [];
    world.room.on('said', (payload, about) => said.push({ payload, about }));

    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', is_mine: true, is_current: false, payload: { text: 'hi' } });
    world.socket.hear({ topic: 'room:1', type: 'waved', payload: {} });
    world.socket.hear({ topic: 'room:2', seq: 2, type: 'said', payload: {} });

    assert.deepEqual(said, [
      { payload: { text: 'hi' }, about: { type: 'said', seq: 1, mine: true, current: false, topic: 'room:1' } },
    ]);
    assert.deepEqual(world.heard, [['said', { text: 'hi' }, 1], ['waved', {}, undefined]]);
  });

  test('stops telling a handler that was taken off', async () => {
    const world = await World.inRoom();
    let calls = 0;
    const off = world.room.on('said', () => calls++);
    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });

    off();
    world.socket.hear({ topic: 'room:1', seq: 2, type: 'said', payload: {} });

    assert.equal(calls, 1);
  });

  test('is told to every handler, whatever one of them throws', async (t) => {
    const reported = t.mock.method(console, 'error', () => {});
    const world = await World.inRoom();
    const seen = [];
    world.room.on('said', () => {
      throw new Error('mine');
    });
    world.room.on('said', async () => {
      throw new Error('later');
    });
    world.room.on('said', (payload, { seq }) => seen.push(seq));

    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });
    await settle();

    assert.deepEqual(seen, [1]);
    assert.deepEqual(world.room.position, position(1));
    assert.deepEqual(reported.mock.calls.map(({ arguments: [error] }) => error.message), ['mine', 'later']);
  });

  test('goes on where it was', async () => {
    const world = await World.inRoom({}, { last: 50 });
    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });
    world.socket.hear({ topic: 'room:1', seq: 2, type: 'said', payload: {} });

    await world.reconnect();

    assert.deepEqual(world.socket.of('subscribe')[0].payload, { last: 50, position: position(2) });
    const lost = [];
    world.room.on('lost', (what) => lost.push(what));
    world.socket.subscribed({ position: position(2), recovered: true });
    world.socket.hear({ topic: 'room:1', seq: 3, type: 'said', payload: {} });
    assert.deepEqual(world.heard.map(([, , seq]) => seq), [1, 2, 3]);
    assert.deepEqual(lost, []);
  });

  test('goes on where an earlier page was', async () => {
    const world = await World.inRoom({}, { position: position(7) });

    assert.deepEqual(world.socket.of('subscribe')[0].payload, { position: position(7) });
  });

  test('skips what it has heard', async () => {
    const world = await World.inRoom();

    for (const seq of [1, 2, 2, 1, 3]) world.socket.hear({ topic: 'room:1', seq, type: 'said', payload: {} });

    assert.deepEqual(world.heard.map(([, , seq]) => seq), [1, 2, 3]);
  });

  test('says what was lost, and goes on from there', async () => {
    const world = await World.inRoom();
    const told = [];
    world.room.on('lost', (what) => told.push(what));
    world.socket.hear({ topic: 'room:1', seq: 5, type: 'said', payload: {} });
    await world.reconnect();

    const lost = { from: position(5), to: position(2, 'f'), cause: 'epoch' };
    world.socket.subscribed({ position: position(2, 'f'), recovered: false, lost });
    world.socket.hear({ topic: 'room:1', seq: 3, type: 'said', payload: {} });

    assert.deepEqual(told, [lost]);
    assert.deepEqual(world.room.position, position(3, 'f'));
    assert.equal(world.heard.length, 2);
  });

  test('says what was lost in the middle, in its place', async () => {
    const world = await World.inRoom();
    world.room.on('lost', ({ to }) => world.heard.push(['lost', to]));
    world.socket.hear({ topic: 'room:1', seq: 9, type: 'said', payload: {} });

    world.socket.hear({ topic: 'room:1', type: 'lost', payload: { from: position(9), to: position(3, 'f'), cause: 'epoch' } });
    world.socket.hear({ topic: 'room:1', seq: 4, type: 'said', payload: {} });

    assert.deepEqual(world.heard, [['said', {}, 9], ['lost', position(3, 'f')], ['said', {}, 4]]);
  });

  test('never takes a server that does not recover for one that does', async () => {
    const world = await World.inRoom();
    const told = [];
    world.room.on('lost', (what) => told.push(what));
    world.socket.hear({ topic: 'room:1', seq: 5, type: 'said', payload: {} });
    await world.reconnect();

    world.socket.subscribed({});

    assert.deepEqual(told, [{ from: position(5), to: undefined, cause: 'unknown' }]);
  });

  test('that was empty is told where it is with the first message', async () => {
    const world = await World.inRoom({}, {}, {});
    assert.equal(world.room.position, null);

    world.socket.hear({ topic: 'room:1', type: 'subscribed', payload: { position: position(0), recovered: false } });
    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });

    assert.deepEqual(world.room.position, position(1));
    assert.deepEqual(world.heard, [['said', {}, 1]]);
  });

  test('that was empty hears from the beginning what was said while the connection was broken', async () => {
    const world = await World.inRoom({}, { last: 50 }, {});
    const told = [];
    world.room.on('lost', (what) => told.push(what));

    await world.reconnect();
    assert.deepEqual(world.socket.of('subscribe')[0].payload, { last: 50, position: position(0, '') });
    world.socket.subscribed({ position: position(0), recovered: true });
    for (const seq of [1, 2, 3]) world.socket.hear({ topic: 'room:1', seq, type: 'said', payload: {} });

    assert.deepEqual(world.heard.map(([, , seq]) => seq), [1, 2, 3]);
    assert.deepEqual(told, []);
    assert.deepEqual(world.room.position, position(3));
  });

  test('that was empty and still is has lost nothing', async () => {
    const world = await World.inRoom({}, {}, {});
    const told = [];
    world.room.on('lost', (what) => told.push(what));

    for (const still of [{}, { recovered: false }]) {
      await world.reconnect();
      world.socket.subscribed(still);
      assert.equal(world.room.position, null);
    }
    await world.reconnect();
    world.socket.subscribed({ position: position(0), recovered: false });

    assert.deepEqual(told, []);
    assert.deepEqual(world.room.position, position(0));
  });

  test('that was empty tells what is lost when its beginning is gone', async () => {
    for (const lost of [{ from: position(0, ''), to: position(5), cause: 'trimmed' }, undefined]) {
      const world = await World.inRoom({}, {}, {});
      const told = [];
      world.room.on('lost', (what) => told.push(what));

      await world.reconnect();
      world.socket.subscribed({ position: position(5), recovered: false, lost });

      assert.deepEqual(told, [lost ?? { from: undefined, to: position(5), cause: 'unknown' }]);
      assert.deepEqual(world.room.position, position(5));
    }
  });

  test('of which the server knows nothing any more goes on at its beginning', async () => {
    const world = await World.inRoom();
    world.socket.hear({ topic: 'room:1', type: 'lost', payload: { from: position(0), cause: 'epoch' } });

    await world.reconnect();

    assert.deepEqual(world.socket.of('subscribe')[0].payload, { position: position(0, '') });
  });

  test('asks again when the server cannot just now', async () => {
    const world = await World.open();
    world.random = 0;
    world.chat.topic('room:1');

    world.socket.answer('subscribe', 'error', { reason: 'unavailable', retryAfterMillis: 700 });
    await world.pass(699);
    assert.equal(world.socket.of('subscribe').length, 1);
    await world.pass(1);

    assert.equal(world.socket.of('subscribe').length, 2);
  });

  test('that is refused says why, and is asked for again on the next connection', async () => {
    const world = await World.open();
    const room = world.chat.topic('room:1');
    const errors = [];
    room.on('error', ({ reason }) => errors.push(reason));
    const waiting = watch(room.publish('say', {}));

    world.socket.answer('subscribe', 'error', { reason: 'unauthorized', detail: 'no' });
    const later = watch(room.publish('say', {}));
    await settle();

    assert.deepEqual(errors, ['unauthorized']);
    assert.equal(room.state, 'refused');
    assert.equal(waiting.reason, 'unauthorized');
    assert.equal(later.reason, 'unauthorized');
    await world.reconnect();
    world.socket.subscribed();
    assert.equal(room.state, 'subscribed');
  });

  test('whose subscription was ended stays ended', async () => {
    const world = await World.inRoom();
    let ended = 0;
    world.room.on('unsubscribed', () => ended++);

    world.socket.hear({ topic: 'room:1', type: 'unsubscribed', payload: {} });
    const later = watch(world.room.publish('say', {}));
    await world.reconnect();

    assert.equal(ended, 1);
    assert.equal(later.reason, 'not_subscribed');
    assert.equal(world.socket.of('subscribe').length, 0);
    assert.notEqual(world.chat.topic('room:1'), world.room);
    assert.equal(world.socket.of('subscribe').length, 1);
  });

  test('goes on where it was when the server breaks off for a while', async () => {
    const world = await World.inRoom();
    world.random = 0;
    const said = watch(world.room.publish('say', { text: 'hi' }));
    let ended = 0;
    world.room.on('unsubscribed', () => ended++);
    world.room.on('error', () => {});
    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });

    world.socket.hear({ topic: 'room:1', type: 'error', payload: { reason: 'unavailable', retryAfterMillis: 700 } });
    world.socket.hear({ topic: 'room:1', type: 'typing', payload: { user: 'ann', name: 'Ann', typing: true } });
    world.socket.hear({ topic: 'room:1', type: 'unsubscribed', payload: {} });
    assert.equal(world.room.state, 'waiting');
    await world.pass(699);
    assert.equal(world.socket.of('subscribe').length, 1);
    await world.pass(20_000);
    assert.deepEqual(world.socket.of('subscribe').slice(1).map(({ payload }) => payload), [{ position: position(1) }]);
    assert.equal(world.socket.of('say').length, 1);
    world.socket.subscribed({ position: position(1), recovered: true });
    world.socket.ack(2);
    await settle();

    assert.equal(said.state, 'resolved');
    assert.equal(ended, 0);
    assert.deepEqual(new Set(world.socket.of('say').map(({ idempotency_key: key }) => key)).size, 1);
  });

  test('is ended by an end that no such error announced', async () => {
    for (const between of [
      [{ type: 'error', payload: { reason: 'unauthorized' } }],
      [{ type: 'error', payload: { reason: 'rate_limited' } }],
      [{ type: 'error', payload: { reason: 'unavailable' } }, { type: 'said', seq: 1, payload: {} }],
      [{ type: 'error', ref: '99', payload: { reason: 'unavailable' } }],
    ]) {
      const world = await World.inRoom();

      for (const frame of between) world.socket.hear({ topic: 'room:1', ...frame });
      world.socket.hear({ topic: 'room:1', type: 'unsubscribed', payload: {} });

      assert.equal(world.room.state, 'ended');
    }
  });

  test('that was left and entered again hears nothing of before', async () => {
    const world = await World.inRoom();
    world.room.leave();
    const again = world.chat.topic('room:1');
    const heard = [];
    again.on('*', (payload, { seq }) => heard.push(seq));

    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });
    world.socket.answer('unsubscribe', 'unsubscribed');
    world.socket.subscribed({ position: position(1) });
    world.socket.hear({ topic: 'room:1', seq: 2, type: 'said', payload: {} });

    assert.deepEqual(heard, [2]);
    assert.equal(world.room.state, 'left');
  });

  test('may be called anything', async () => {
    const world = await World.open();
    const names = ['__proto__', 'constructor', 'toString'];
    const heard = [];
    for (const name of names) {
      const room = world.chat.topic(name);
      world.socket.subscribed({});
      for (const type of names) room.on(type, () => heard.push(`${name} ${type}`));
    }

    for (const topic of names) for (const type of names) world.socket.hear({ topic, type, payload: {} });

    assert.equal(heard.length, 9);
    assert.equal({}.polluted, undefined);
  });

  test('is not disturbed by frames that say nothing', async () => {
    const world = await World.inRoom();

    for (const data of ['', 'null', '7', '[]', '"x"', '{', '{"topic":"room:1"}', '{"topic":{"a":1},"type":"said"}']) {
      world.socket.onmessage({ data });
    }
    world.socket.onmessage({ data: new ArrayBuffer(2) });

    assert.equal(world.chat.state, 'open');
  });

  test('speaks flat frames of another discriminator', async () => {
    const world = await World.open({ type: 'action', payload: null });
    const room = world.chat.topic('room:1', { last: 5 });
    const { ref } = world.socket.sent[0];
    assert.deepEqual(world.socket.sent[0], { ref, topic: 'room:1', action: 'subscribe', last: 5 });
    world.socket.hear({ topic: 'room:1', ref, action: 'subscribed', position: position(0) });
    const heard = [];
    room.on('said', (payload) => heard.push(payload));

    const result = watch(room.publish('say', { text: 'hi' }));
    const said = world.socket.of('say')[0];
    assert.equal(said.text, 'hi');
    world.socket.hear(JSON.parse('{"topic":"room:1","version":1,"seq":1,"action":"said","text":"hi","__proto__":{"x":1}}'));
    world.socket.hear({ topic: 'room:1', ref: said.ref, action: 'ack', id: 'm1', position: position(1) });
    await settle();

    assert.deepEqual(Object.keys(heard[0]), ['text', '__proto__']);
    assert.equal(heard[0].x, undefined);
    assert.deepEqual(result.value, { id: 'm1', position: position(1) });
  });
});

describe('publishing', () => {
  test('resolves with what the server confirms', async () => {
    const world = await World.inRoom();

    const result = watch(world.room.publish('say', { text: 'hi' }));
    const [frame] = world.socket.of('say');
    world.socket.ack(1);
    await settle();

    assert.deepEqual(result.value, { id: 'm1', position: position(1) });
    assert.equal(frame.topic, 'room:1');
    assert.deepEqual(frame.payload, { text: 'hi' });
    assert.ok(frame.idempotency_key.length <= 128);
  });

  test('says again what got no answer, as the same message', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', { text: 'hi' }));
    const [before] = world.socket.of('say');

    await world.reconnect();
    assert.equal(world.socket.of('say').length, 0, 'first subscribe');
    world.socket.subscribed({ position: position(0), recovered: true });
    const [after] = world.socket.of('say');
    world.socket.ack(1);
    await settle();

    assert.equal(after.idempotency_key, before.idempotency_key);
    assert.equal(result.value.id, 'm1');
  });

  test('keeps the order, also where one has to wait', async () => {
    const world = await World.inRoom();
    world.random = 0;
    const order = [];
    for (const text of ['a', 'b', 'c']) world.room.publish('say', { text }).then(() => order.push(text));
    assert.equal(world.socket.of('say').length, 1);

    world.socket.answer('say', 'error', { reason: 'rate_limited', retryAfterMillis: 800 });
    await world.pass(799);
    assert.equal(world.socket.of('say').length, 1);
    await world.pass(1);
    world.socket.ack(1);
    world.socket.ack(2);
    world.socket.ack(3);
    await settle();

    assert.deepEqual(world.socket.of('say').map(({ payload }) => payload.text), ['a', 'a', 'b', 'c']);
    assert.deepEqual(order, ['a', 'b', 'c']);
    const keys = world.socket.of('say').map(({ idempotency_key: key }) => key);
    assert.equal(keys[0], keys[1]);
    assert.equal(new Set(keys).size, 3);
  });

  test('waits as long as it is told to and up to as long again, not all in one moment', async () => {
    const waits = [];
    for (const random of [0, 0.5, 1]) {
      const world = await World.inRoom();
      world.random = random;
      watch(world.room.publish('say', {}));
      world.socket.answer('say', 'error', { reason: 'rate_limited', retryAfterMillis: 100 });
      const start = world.time;
      while (world.socket.of('say').length < 2) await world.pass(1);
      waits.push(world.time - start);
    }

    assert.deepEqual(waits, [100, 150, 200]);
  });

  test('reads how long to wait in snake case too', async () => {
    const world = await World.inRoom();
    world.random = 0;
    watch(world.room.publish('say', {}));

    world.socket.answer('say', 'error', { reason: 'unavailable', retry_after_millis: 50 });
    await world.pass(50);

    assert.equal(world.socket.of('say').length, 2);
  });

  test('rejects with the reason and the fields that are wrong, and goes on', async () => {
    const world = await World.inRoom();
    const bad = watch(world.room.publish('say', { text: 5 }));
    const good = watch(world.room.publish('say', { text: 'x' }));

    world.socket.answer('say', 'error', { reason: 'invalid', detail: 'text', errors: [{ path: '/text' }] });
    world.socket.ack(1);
    await settle();

    assert.equal(bad.reason, 'invalid');
    assert.deepEqual(bad.error.errors, [{ path: '/text' }]);
    assert.equal(bad.error.message, 'text');
    assert.equal(good.state, 'resolved');
  });

  test('never says again what is too large for all nodes, and goes on', async () => {
    const world = await World.inRoom();
    const large = watch(world.room.publish('say', { text: 'long' }));
    const small = watch(world.room.publish('say', { text: 'x' }));

    world.socket.answer('say', 'error', { reason: 'too_large', detail: 'say less at once' });
    world.socket.ack(1);
    await world.pass(10_000);

    assert.equal(large.reason, 'too_large');
    assert.equal(small.state, 'resolved');
    assert.deepEqual(world.socket.of('say').map(({ payload }) => payload.text), ['long', 'x']);
  });

  test('resolves with an answer of the application\'s own, which handlers see too', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('roll', {}));

    world.socket.answer('roll', 'rolled', { eyes: 6 });
    await settle();

    assert.deepEqual(result.value, { reply: { type: 'rolled', payload: { eyes: 6 } } });
    assert.deepEqual(world.heard, [['rolled', { eyes: 6 }, undefined]]);
  });

  test('waits without a connection, up to so many messages', async () => {
    const world = new World({ queueCount: 2 });
    const room = world.chat.topic('room:1');
    const results = [1, 2, 3].map((n) => watch(room.publish('say', { n })));
    await settle();
    assert.deepEqual(results.map(({ state }) => state), ['pending', 'pending', 'rejected']);
    assert.equal(results[2].reason, 'queue_full');

    world.socket.open();
    world.socket.subscribed();
    world.socket.ack(1);
    world.socket.ack(2);
    await settle();

    assert.deepEqual(results.map(({ state }) => state), ['resolved', 'resolved', 'rejected']);
    assert.equal(watch(room.publish('say', {})).state, 'pending');
  });

  test('waits without a connection, up to so many bytes', async () => {
    const world = new World({ queueBytes: 1_000 });
    const room = world.chat.topic('room:1');

    const results = [300, 300, 300].map((length) => watch(room.publish('say', { text: 'ü'.repeat(length / 2) })));
    await settle();

    assert.deepEqual(results.map(({ state }) => state), ['pending', 'pending', 'rejected']);
  });

  test('refuses what the server would close the connection over', async () => {
    const world = await World.inRoom();

    const result = watch(world.room.publish('say', { text: 'x'.repeat(70_000) }));
    await settle();

    assert.equal(result.reason, 'too_big');
    assert.equal(world.socket.of('say').length, 0);
  });

  test('rejects what cannot be written', async () => {
    const world = await World.inRoom();
    const circle = {};
    circle.circle = circle;

    await assert.rejects(world.room.publish('say', circle), TypeError);
  });

  test('may be given a time', async () => {
    const world = new World();
    const room = world.chat.topic('room:1');
    const result = watch(room.publish('say', {}, { timeout: 5_000 }));

    await world.pass(5_000);
    await settle();

    assert.equal(result.reason, 'timeout');
  });

  test('may be given the key of an earlier page', async () => {
    const world = await World.inRoom();

    watch(world.room.publish('say', {}, { key: 'mine' }));

    assert.equal(world.socket.of('say')[0].idempotency_key, 'mine');
  });

  test('does not say again what the server may have forgotten', async () => {
    const world = await World.inRoom();
    const sent = watch(world.room.publish('say', { text: 'old' }));
    const waiting = watch(world.room.publish('say', { text: 'new' }));
    world.page.navigator.onLine = false;
    world.socket.end();

    world.time += 300_000;
    await world.pass(0);
    world.socket.open();
    world.socket.subscribed({ position: position(0), recovered: true });
    await settle();

    assert.equal(sent.reason, 'unconfirmed');
    assert.equal(waiting.state, 'pending');
    assert.deepEqual(world.socket.of('say').map(({ payload }) => payload.text), ['new']);
  });

  test('gives up on a message that the server fails over', async () => {
    const world = await World.inRoom();
    const poison = watch(world.room.publish('say', { text: 'poison' }));
    const good = watch(world.room.publish('say', { text: 'good' }));

    for (let i = 0; i < 3; i++) {
      await world.reconnect(1011);
      world.socket.subscribed({ position: position(0), recovered: true });
    }
    world.socket.ack(1);
    await settle();

    assert.equal(poison.reason, 'failed');
    assert.equal(good.state, 'resolved');
  });

  test('asks again where an answer stays out', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));

    await world.pass(15_000);
    assert.equal(world.socket.of('say').length, 2);
    const [first, second] = world.socket.of('say');
    assert.equal(first.idempotency_key, second.idempotency_key);
    world.socket.ack(1);
    await settle();

    assert.equal(result.state, 'resolved');
  });

  test('waits for a server that takes its time', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));

    for (let i = 0; i < 26; i++) {
      await world.pass(10_000);
      world.socket.hear({ type: 'pong' });
    }
    assert.equal(result.state, 'pending');
    world.socket.ack(1);
    await settle();

    assert.equal(result.state, 'resolved');
  });

  test('asks no longer than the server knows what it was asked', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));

    for (let i = 0; i < 30; i++) {
      await world.pass(10_000);
      world.socket.hear({ type: 'pong' });
    }

    assert.equal(result.reason, 'unconfirmed');
  });

  test('takes a late answer for the same message', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));
    const [{ ref }] = world.socket.of('say');
    await world.pass(15_000);

    world.socket.hear({ topic: 'room:1', ref, type: 'ack', payload: { id: 'm1' } });
    world.socket.ack(1);
    await settle();

    assert.equal(result.value.id, 'm1');
    assert.equal(world.chat._waiting, 0);
    assert.equal(world.chat._waitingBytes, 0);
  });

  test('ends with the connection, when that is final', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));

    world.socket.end(4403, 'banned');
    const later = watch(world.room.publish('say', {}));
    await settle();

    assert.equal(result.reason, 'closed');
    assert.equal(result.error.detail, 'banned');
    assert.equal(later.reason, 'closed');
  });

  test('ends with leaving', async () => {
    const world = await World.inRoom();
    const result = watch(world.room.publish('say', {}));

    world.room.leave();
    await settle();

    assert.equal(result.reason, 'left');
    assert.equal(watch(world.room.publish('say', {})).state, 'pending');
    assert.equal(world.socket.of('unsubscribe').length, 1);
  });
});

describe('closing', () => {
  test('leaves nothing behind', async () => {
    const world = await World.inRoom();
    world.room.publish('say', {}, { timeout: 99 }).catch(() => {});

    world.chat.close();
    world.chat.close();
    world.page.dispatchEvent(new Event('online'));
    await world.pass(60_000);

    assert.equal(world.socket.closed, 1000);
    assert.equal(world.sockets.length, 1);
    assert.equal(world.timers, 0);
    assert.deepEqual(world.states.at(-1), { state: 'closed', code: 1000, reason: 'closed here' });
  });

  test('before connecting means never', async () => {
    const world = new World();

    world.chat.close();
    await settle();

    assert.equal(world.sockets.length, 0);
  });

  test('can be undone, and topics go on where they were', async () => {
    const world = await World.inRoom();
    world.socket.hear({ topic: 'room:1', seq: 4, type: 'said', payload: {} });
    world.chat.close();

    world.chat.connect();
    await settle();
    world.socket.open();

    assert.deepEqual(world.socket.of('subscribe')[0].payload, { position: position(4) });
  });

  test('may happen in a handler', async () => {
    const world = new World();
    world.chat.on('state', ({ state }) => state === 'open' && world.chat.close());
    const room = world.chat.topic('room:1');
    await settle();

    world.socket.open();

    assert.equal(world.chat.state, 'closed');
    assert.equal(room.state, 'waiting');
    assert.equal(world.timers, 0);
  });
});

describe('presence', () => {
  const ann = { id: 'ann', name: 'Ann', status: 'online' };
  const bob = { id: 'bob', name: 'Bob', status: 'online' };
  const proto = { id: '__proto__', name: 'P', status: 'online' };
  const state = (version, members) => ({
    topic: 'room:1',
    type: 'presence_state',
    payload: { version, users: members.length, channels: members.length, members },
  });
  const diff = (version, rest) => ({ topic: 'room:1', type: 'presence_diff', payload: { version, users: 1, channels: 1, joins: [], leaves: [], updates: [], ...rest } });

  test('is a state, then changes', async () => {
    const world = await World.inRoom();
    const told = [];
    world.room.on('presence', ({ joins, leaves, updates, members }) => told.push({ joins, leaves, updates, members }));

    world.socket.hear(state(7, [ann]));
    world.socket.hear(diff(8, { joins: [bob, proto] }));
    world.socket.hear(diff(9, { leaves: ['ann'], updates: [{ ...bob, status: 'away' }] }));

    assert.deepEqual(told.map(({ joins, leaves, updates }) => [joins.map(({ id }) => id), leaves, updates.map(({ id }) => id)]), [
      [['ann'], [], []],
      [['bob', '__proto__'], [], []],
      [[], ['ann'], ['bob']],
    ]);
    assert.deepEqual(world.room.members, [{ ...bob, status: 'away' }, proto]);
    assert.equal(world.room.users, 1);
    assert.equal({}.name, undefined);
  });

  test('is asked for where a change is missing', async () => {
    const world = await World.inRoom();
    world.socket.hear(state(7, [ann]));

    world.socket.hear(diff(9, { joins: [bob] }));
    world.socket.hear(diff(10, { leaves: ['ann'] }));
    assert.deepEqual(world.room.members, [ann]);
    const [{ ref }] = world.socket.of('presence');
    world.socket.hear({ ...state(10, [bob]), ref });

    assert.deepEqual(world.room.members, [bob]);
    world.socket.hear(diff(11, { leaves: ['bob'] }));
    assert.deepEqual(world.room.members, []);
  });

  test('is asked for again at the next change, where the question was refused or got no answer', async () => {
    const world = await World.inRoom();
    world.socket.hear(state(7, [ann]));
    world.socket.hear(diff(9));
    assert.equal(world.socket.of('presence').length, 1);

    world.socket.answer('presence', 'error', { reason: 'rate_limited', retryAfterMillis: 100 });
    world.socket.hear(diff(10));
    world.socket.hear(diff(11));
    assert.equal(world.socket.of('presence').length, 2);
    await world.pass(15_000);
    world.socket.hear(diff(12));
    assert.equal(world.socket.of('presence').length, 3);
    world.socket.answer('presence', 'presence_state', state(12, [bob]).payload);
    world.socket.hear(diff(13, { joins: [ann] }));

    assert.deepEqual(world.room.members, [bob, ann]);
    assert.equal(world.socket.of('presence').length, 3);
  });

  test('after an interruption tells what has changed meanwhile', async () => {
    const world = await World.inRoom();
    world.socket.hear(state(7, [ann, bob]));
    await world.reconnect();
    world.socket.subscribed({ position: position(0), recovered: true });
    const told = [];
    world.room.on('presence', ({ joins, leaves, updates }) => told.push([joins, leaves, updates]));

    world.socket.hear(state(3, [{ ...bob, status: 'away' }, proto]));

    assert.deepEqual(told, [[[proto], ['ann'], [{ ...bob, status: 'away' }]]]);
  });

  test('of many is a number', async () => {
    const world = await World.inRoom();

    world.socket.hear({ topic: 'room:1', type: 'presence_state', payload: { version: 1, users: 900, channels: 1200, reduced: true } });

    assert.deepEqual([world.room.users, world.room.channels, world.room.members], [900, 1200, []]);
  });

  test('of many is the latest number, whatever was not told before', async () => {
    const world = await World.inRoom();
    world.socket.hear(state(7, [ann]));

    world.socket.hear({ topic: 'room:1', type: 'presence_diff', payload: { version: 12, users: 900, channels: 1200, reduced: true } });

    assert.deepEqual([world.room.users, world.room.members], [900, []]);
    assert.deepEqual(world.socket.of('presence'), []);
  });

  test('of this user is told, and told again', async () => {
    const world = await World.inRoom();
    world.room.status('away', 'lunch');
    await world.reconnect();
    world.socket.subscribed({ position: position(0), recovered: true });

    assert.deepEqual(world.socket.of('status'), [{ type: 'status', topic: 'room:1', payload: { status: 'away', text: 'lunch' } }]);
  });
});

describe('typing', () => {
  test('is said every three seconds at most', async () => {
    const world = await World.inRoom();

    for (let i = 0; i < 35; i++) {
      world.room.typing();
      await world.pass(100);
    }
    world.room.typing(false);
    world.room.typing(false);

    assert.deepEqual(world.socket.of('typing').map(({ payload }) => payload.typing), [true, true, false]);
  });

  test('begins anew after a message', async () => {
    const world = await World.inRoom();
    world.room.typing();
    watch(world.room.publish('say', {}));

    world.room.typing(false);
    world.room.typing();

    assert.deepEqual(world.socket.of('typing').map(({ payload }) => payload.typing), [true, true]);
  });

  test('of others is told, and ends with the connection', async () => {
    const world = await World.inRoom();
    const told = [];
    world.room.on('typing', ({ user, typing, typers }) => told.push([user, typing, typers.length]));

    world.socket.hear({ topic: 'room:1', type: 'typing', payload: { user: '__proto__', name: 'P', typing: true } });
    world.socket.hear({ topic: 'room:1', type: 'typing', payload: { user: 'ann', name: 'Ann', typing: true } });
    world.socket.hear({ topic: 'room:1', type: 'typing', payload: { user: '__proto__', typing: false } });
    world.socket.end();

    assert.deepEqual(told, [['__proto__', true, 1], ['ann', true, 2], ['__proto__', false, 1], ['ann', false, 0]]);
  });
});

describe('receipts', () => {
  test('tell the newest, at most every second', async () => {
    const world = await World.inRoom({ receipts: true });

    for (let seq = 1; seq <= 5; seq++) world.socket.hear({ topic: 'room:1', seq, type: 'said', payload: {} });
    await world.pass(1_000);
    world.socket.hear({ topic: 'room:1', seq: 6, type: 'said', payload: {} });
    await world.pass(1_000);
    await world.pass(5_000);

    assert.deepEqual(world.socket.of('received').map(({ payload }) => payload.offset), [5, 6]);
  });

  test('are not sent unless asked for', async () => {
    const world = await World.inRoom();
    world.socket.hear({ topic: 'room:1', seq: 1, type: 'said', payload: {} });
    await world.pass(5_000);

    assert.equal(world.socket.of('received').length, 0);
  });
});
