// The conversations that this page knows.

import { api } from '/js/api.js';
import { Conversation } from '/js/conversation.js';
import { draw, page } from '/js/state.js';

export function know(json) {
  const known = page.conversations.get(json.id);
  if (known) known.take(json);
  else page.conversations.set(json.id, new Conversation(json, page.me, draw));
  const conversation = page.conversations.get(json.id);
  if (conversation.isDirect && !conversation.partner) conversation.loadParticipants().catch(() => {});
  return conversation;
}

/** Returns a conversation, also one that no list has shown yet. */
export async function conversationOf(id) {
  return page.conversations.get(id) ?? know(await api.get(`/conversations/${id}`));
}
