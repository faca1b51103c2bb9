// Compiled by a test, never run: what pages may write, and what they may not.

import { ChannelBox, ChatError, type Position } from '../../../../chat-jakarta-websocket/src/main/js/channelbox.js';

const chat = new ChannelBox('/ws/topics', { token: async ({ refused }) => (refused ? null : 'abc'), maxDelay: 5_000, payload: null });
chat.on('state', ({ state, retryIn }) => {
  if (state === 'waiting') console.log((retryIn ?? 0) / 1_000);
  // @ts-expect-error there is no such state
  if (state === 'lost') return;
});
chat.on('message', (payload, { type }) => console.log(type, payload));
// @ts-expect-error a path is needed
new ChannelBox();
// @ts-expect-error tokens go to the query or to a subprotocol
new ChannelBox('/ws', { tokenIn: 'path' });

const any = chat.topic('room:1', { last: 50 });
any.on('said', (payload, { seq, mine }) => console.log(payload.text, seq, mine));
any.publish('whatever', { you: 'like' });

const room = chat.topic<{ said: { text: string }; left: { user: string } }, { say: { text: string }; wave: {} }>('room:2');
const off: () => void = room.on('said', ({ text }, { seq, type }) => {
  const said: 'said' = type;
  console.log(text.length, seq, said);
});
off();
room.on('*', (payload, { type }) => console.log(payload, type));
// @ts-expect-error nothing of that type is heard there
room.on('sad', () => {});
room.on('lost', ({ from, to, cause }) => console.log(from?.offset, to?.epoch, cause));
room.on('presence', ({ joins, leaves, members }) => console.log(joins[0]?.name, leaves[0]?.length, members[0]?.devices));
room.on('typing', ({ user, typing, typers }) => console.log(user, typing, typers[0]?.name));
room.on('error', ({ reason, detail }) => console.log(reason, detail));
room.on('subscribed', ({ recovered, position }) => console.log(recovered, position?.offset));

async function say() {
  try {
    const { id, position }: { id?: string; position?: Position } = await room.publish('say', { text: 'hi' }, { timeout: 1_000 });
    console.log(id, position);
    await room.publish('wave');
  } catch (error) {
    if (error instanceof ChatError) console.log(error.reason, error.errors.length);
  }
  // @ts-expect-error text is a text
  await room.publish('say', { text: 5 });
  // @ts-expect-error nothing of that type is read there
  await room.publish('shout', { text: 'hi' });
}

say();
room.status('away', 'lunch');
// @ts-expect-error nobody is that
room.status('hungry');
room.typing();
room.typing(false);
const names: string[] = room.members.map(({ name }) => name);
console.log(names, room.typers, room.users, room.position?.epoch);
room.leave();
chat.close();
chat.connect();
