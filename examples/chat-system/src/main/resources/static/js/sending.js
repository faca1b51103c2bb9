// What this user says is shown at once, and waits for its confirmation however long that takes.

import { api } from '/js/api.js';
import { failed } from '/js/dialog.js';
import { draw, page } from '/js/state.js';

export function say(conversation, content, { reply_to_id, attachments = [] } = {}) {
  const message = {
    client_id: crypto.randomUUID(), conversation_id: conversation.id, content, reply_to_id, attachments,
    user_id: page.me.id, username: page.me.name, created_at: new Date().toISOString(),
  };
  page.outbox.add({ client_id: message.client_id, conversation_id: conversation.id, content, reply_to_id, attachments: attachments.map(each => each.url) });
  conversation.waiting.push(message);
  publish(conversation, message);
}

export async function publish(conversation, message) {
  message.fate = 'waiting';
  draw();
  const { client_id, content, reply_to_id, attachments } = message;
  try {
    const kept = attachments.length
      ? await api.post('/messages', { client_id, conversation_id: conversation.id, content, reply_to_id, attachments: attachments.map(each => each.url) })
      : (await conversation.topic.publish('send', { client_id, content, reply_to_id }, { key: client_id })).reply.payload.message;
    page.outbox.remove(client_id);
    conversation.put(kept);
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

export function discard(conversation, message) {
  page.outbox.remove(message.client_id);
  conversation.waiting = conversation.waiting.filter(each => each !== message);
  draw();
}

const NOT_NOW = [401, 408, 429]; // after signing in, or later, it can be said
let again = 0;

/** Sends what an earlier page could not. The server knows by its id if it has it already. What is refused for good is taken out, and told. */
export async function sendWhatWaits() {
  clearTimeout(again);
  const held = new Set(); // where something has to wait, what is behind it waits, too
  for (const entry of [...page.outbox.entries]) {
    if (!page.chat) return; // signed out
    const { client_id, conversation_id } = entry;
    if (held.has(conversation_id) || page.conversations.get(conversation_id)?.waiting.some(each => each.client_id === client_id)) continue;
    try {
      await api.post('/messages', entry);
      page.outbox.remove(client_id);
    } catch (error) {
      if (error.status < 400 || error.status >= 500 || NOT_NOW.includes(error.status)) {
        held.add(conversation_id);
        continue;
      }
      page.outbox.remove(client_id);
      failed(error);
    }
  }
  if (held.size && page.chat?.state === 'open') again = setTimeout(sendWhatWaits, 10_000);
}
