// How this user is, and what they are about to say: what the others see of them.

import { api } from '/js/api.js';
import { failed } from '/js/dialog.js';
import { byId } from '/js/dom.js';
import { draw, page, whenDrawn } from '/js/state.js';

let people = null;

export function hearPeople(topic) {
  people = topic;
  people.on('presence', ({ members }) => {
    page.people.clear();
    members.forEach(each => page.people.set(each.id, each));
    draw();
  });
}

/** Tells the others that something is being written. */
export function tellWriting(conversation) {
  people.publish('writing', { conversation_id: conversation.id, is_typing: true }, { timeout: 3_000 }).catch(() => {});
}

whenDrawn(() => {
  const own = page.people.get(page.me.id);
  if (!own) return;
  if (document.activeElement !== byId('status')) byId('status').value = ['away', 'busy'].includes(own.status) ? own.status : 'online';
  if (document.activeElement !== byId('status-text')) byId('status-text').value = own.text ?? '';
});

const sayStatus = () => api.post('/presence', { status: byId('status').value, status_message: byId('status-text').value }).catch(failed);
byId('status').addEventListener('change', sayStatus);
byId('status-text').addEventListener('change', sayStatus);
