// What this user says is shown at once, and waits for its confirmation however long that takes.

import { api } from '/js/api.js';
import { notice } from '/js/dom.js';
import { conversationOf } from '/js/known.js';
import { draw, page } from '/js/state.js';

let last = 0;

/** Returns the time, always a later one: what was said first stays the first. */
const now = () => new Date((last = Math.max(Date.now(), last + 1))).toISOString();

export function say(conversation, content, { reply_to_id, attachments = [] } = {}) {
  const message = {
    client_id: crypto.randomUUID(), conversation_id: conversation.id, content, reply_to_id, attachments,
    user_id: page.me.id, username: page.me.name, created_at: now(),
  };
  page.outbox.add(message);
  conversation.waiting.push(message);
  publish(conversation, message);
}

export async function publish(conversation, message) {
  const { outbox } = page;
  message.fate = 'waiting';
  draw();
  const { client_id, content, reply_to_id } = message;
  try {
    const kept = message.attachments.length
      ? await post(message)
      : (await conversation.topic.publish('send', { client_id, content, reply_to_id }, { key: client_id })).reply.payload.message;
    outbox.remove(client_id);
    conversation.confirm(kept);
  } catch (error) {
    if (error.reason === 'left' || error.reason === 'closed') {
      conversation.waiting = conversation.waiting.filter(each => each !== message);
      sendWhatWaits();
      return;
    }
    message.fate = 'failed';
    message.why = error.message;
  }
  draw();
}

const post = ({ client_id, conversation_id, content, reply_to_id, attachments }) =>
  api.post('/messages', { client_id, conversation_id, content, reply_to_id, attachments: attachments.map(each => each.url) });

export function discard(conversation, message) {
  page.outbox.remove(message.client_id);
  conversation.waiting = conversation.waiting.filter(each => each !== message);
  draw();
}

const NOT_NOW = [401, 408, 429]; // after signing in, or later, it can be said
const isFinal = error => error.status >= 400 && error.status < 500 && !NOT_NOW.includes(error.status);
const isShown = message => page.conversations.get(message.conversation_id)?.waiting.some(each => each.client_id === message.client_id);
let again = 0;

/** Sends what an earlier page could not. The server knows by its id if it has it already. What it refuses for good is given back. */
export async function sendWhatWaits() {
  clearTimeout(again);
  const { chat, outbox } = page;
  const held = new Set(); // where something has to wait, what is behind it waits, too
  for (const message of chat ? outbox.messages : []) {
    if (held.has(message.conversation_id) || isShown(message) || !outbox.has(message.client_id)) continue;
    try {
      await post(message);
      outbox.remove(message.client_id);
    } catch (error) {
      if (!isFinal(error) || !await giveBack(outbox, message, error)) held.add(message.conversation_id);
    }
    if (page.chat !== chat) return; // whoever said it has signed out
  }
  if (held.size && chat.state === 'open') again = setTimeout(sendWhatWaits, 10_000);
}

/** Shows what was refused where it was said: there it can be tried again or discarded. Returns whether that is known by now. */
async function giveBack(outbox, message, { message: why }) {
  try {
    const conversation = await conversationOf(message.conversation_id);
    if (!isShown(message)) conversation.waiting.push({ ...message, fate: 'failed', why });
    if (conversation !== page.current) notice(`Not sent to ${conversation.title}: ${why}`);
    draw();
  } catch (error) {
    if (!isFinal(error)) return false;
    outbox.remove(message.client_id);
    notice(`“${message.content || message.attachments[0]?.name}” was not sent: ${why}`);
  }
  return true;
}
