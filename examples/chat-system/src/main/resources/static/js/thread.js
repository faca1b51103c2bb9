// A thread beside the conversation: its first message, and what was answered.

import { api } from '/js/api.js';
import { byId } from '/js/dom.js';
import { Log, rowsOf } from '/js/log.js';

const PAGE = 200;

let log = null;
let shown = null; // {conversation, first, messages}
let opener = null;

export const thread = {
  say: () => {},
  acts: {},

  get isOpen() {
    return shown !== null;
  },

  close(back = false) {
    shown = null;
    byId('thread').hidden = true;
    document.body.classList.remove('in-thread');
    if (back) (opener?.isConnected ? opener : byId('text')).focus();
  },

  /** Draws what is known by now: what the conversation hears of belongs to the thread too. */
  draw() {
    if (!shown) return;
    const { conversation, first } = shown;
    const known = new Map(shown.messages.map(each => [each.id, each]));
    conversation.messages.filter(each => each.id === first || each.thread_id === first).forEach(each => known.set(each.id, each));
    const oldest = conversation.messages[0]?.id ?? 0;
    const messages = [...known.values()].filter(each => each.id < oldest || conversation.find(each.id)).sort((a, b) => a.id - b.id);
    log.show(rowsOf(conversation, { threads: false }, messages), { follow: log.isAtEnd, whenEmpty: 'There is nothing here any more.' });
    byId('thread-say').hidden = !conversation.maySpeak;
  },
};

/** Returns a message that is not loaded, unless it was deleted. */
async function earlier(conversation, id) {
  const some = await api.get(`/conversations/${conversation.id}/messages?limit=1&before_id=${id + 1}`);
  return some.find(each => each.id === id);
}

async function answersTo(first) {
  const all = [];
  let some;
  do {
    some = await api.get(`/messages/${first}/thread?limit=${PAGE}${all.length ? `&after_id=${all.at(-1).id}` : ''}`);
    all.push(...some);
  } while (some.length === PAGE);
  return all;
}

/** Opens the thread that a message begins or belongs to. */
export async function showThread(conversation, message) {
  const first = message.thread_id ?? message.id;
  const [start, messages] = await Promise.all([conversation.find(first) ?? earlier(conversation, first), answersTo(first)]);
  opener = document.activeElement;
  log = new Log(byId('thread-log'), thread.acts);
  log.clear();
  shown = { conversation, first, messages: start ? [start, ...messages] : messages };
  byId('thread').hidden = false;
  document.body.classList.add('in-thread');
  thread.draw();
  log.toEnd();
  byId('thread-text').focus();
}

byId('thread-close').addEventListener('click', () => thread.close(true));

byId('thread-say').addEventListener('submit', event => {
  event.preventDefault();
  const content = byId('thread-text').value;
  if (!shown || !content.trim()) return;
  byId('thread-text').value = '';
  thread.say(shown.conversation, content, { reply_to_id: shown.first });
});

byId('thread-text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId('thread-say').requestSubmit();
  }
});
