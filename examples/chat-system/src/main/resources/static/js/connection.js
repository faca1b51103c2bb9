// The connection: a topic for the own inbox and one for people; the conversation that is open has one of its own.

import { ChannelBox } from '/channelbox/channelbox.js';
import { session } from '/js/api.js';
import { failed } from '/js/dialog.js';
import { byId, notice } from '/js/dom.js';
import { deleted, edited, forget, happened, loadList, mentioned, refresh, settingsChanged } from '/js/inbox.js';
import { hearPeople } from '/js/presence.js';
import { sendWhatWaits } from '/js/sending.js';
import { draw, page } from '/js/state.js';

const STATES = { connecting: 'Connecting…', open: 'Connected', waiting: 'Reconnecting…', offline: 'Offline', closed: 'Not connected' };

export function connect() {
  const chat = new ChannelBox('/api/v1/chat/topics', { token: () => session.token });
  page.chat = chat;
  chat.on('state', ({ state, code }) => {
    if (chat !== page.chat) return;
    byId('state').dataset.state = state;
    byId('state-text').textContent = STATES[state];
    if (state === 'closed' && code === 4401) session.ended();
    else if (state === 'closed') notice('The server has closed the connection.', 'Connect again', () => chat.connect());
    else if (state === 'open') sendWhatWaits();
  });
  hearInbox(chat.topic(`inbox:${page.me.id.replaceAll('%', '%25').replaceAll(':', '%3A')}`));
  hearPeople(chat.topic('people'));
}

function hearInbox(inbox) {
  for (const type of ['subscribed', 'missed']) inbox.on(type, () => loadList().catch(failed)); // an inbox keeps nothing
  inbox.on('conversation_added', ({ conversation }) => refresh(conversation.id));
  inbox.on('conversation_changed', ({ conversation }) => {
    page.conversations.get(conversation.id)?.take(conversation);
    draw();
  });
  inbox.on('conversation_removed', ({ conversation_id }) => forget(conversation_id));
  inbox.on('activity', ({ conversation_id, message, is_mentioned }) => happened(conversation_id, message, is_mentioned));
  inbox.on('message_edited', ({ conversation_id, message }) => edited(conversation_id, message));
  inbox.on('message_deleted', ({ conversation_id, message_id }) => deleted(conversation_id, message_id));
  inbox.on('messages_removed', ({ conversation_id }) => refresh(conversation_id));
  inbox.on('mentioned', ({ conversation_id }) => mentioned(conversation_id));
  inbox.on('settings_changed', settingsChanged);
  inbox.on('read', ({ conversation_id }) => refresh(conversation_id));
}

export function disconnect() {
  page.chat?.close();
  page.chat = null;
}
