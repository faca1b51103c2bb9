import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation } from '../../../../examples/room-chat/src/main/resources/page/state.js';

describe('a conversation of the room chat', () => {
  const said = { type: 'said', user: 'ann' };

  const long = () => {
    const conversation = new Conversation('#general');
    for (let seq = 1; seq <= 700; seq++) {
      assert.equal(conversation.add(seq, said), true);
      conversation.keys.set(conversation.idOf(seq), `k${seq}`);
    }
    return conversation;
  };

  test('remembers the newest, and no key of what it has forgotten', () => {
    const conversation = long();

    assert.deepEqual(conversation.items.map(({ seq }) => seq), Array.from({ length: 500 }, (_, i) => 201 + i));
    assert.equal(conversation.keys.size, 500);
  });

  test('does not take what it has forgotten for new', () => {
    const conversation = long();

    for (const seq of [1, 200, 201, 700]) assert.equal(conversation.add(seq, said), false);
  });

  test('begins anew where the server does', () => {
    const conversation = long();
    conversation.keys.set(conversation.idOf(900), 'never heard');

    conversation.lost({ cause: 'epoch' });

    assert.equal(conversation.add(1, said), true);
    assert.equal(conversation.items.length, 500);
    assert.equal([...conversation.keys.values()].includes('never heard'), false);
  });
});
