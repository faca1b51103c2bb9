// A thread beside the conversation: its first message, and what was answered.

import { Answers } from '/js/answers.js';
import { byId } from '/js/dom.js';
import { Log, rowsOf } from '/js/log.js';
import { page } from '/js/state.js';

let log = null;
let shown = null; // the answers
let opener = null;

export const thread = {
  say: () => {},
  acts: {},

  get isOpen() {
    return shown !== null;
  },

  /** Closes it. What was written and not said waits in its conversation. */
  close(back = false) {
    if (shown) {
      shown.conversation.threadDrafts.set(shown.first, byId('thread-text').value);
      shown.conversation.thread = null;
    }
    shown = null;
    byId('thread-text').value = '';
    byId('thread').hidden = true;
    document.body.classList.remove('in-thread');
    if (back) (opener?.isConnected ? opener : byId('text')).focus();
  },

  draw() {
    if (!shown) return;
    const { conversation, messages, waiting } = shown;
    log.show(rowsOf(conversation, { threads: false }, [...messages, ...waiting]), { follow: log.isAtEnd, whenEmpty: 'There is nothing here any more.' });
    byId('thread-say').hidden = !conversation.maySpeak;
  },
};

/** Opens the thread that a message begins or belongs to, if its conversation is still open when the answers have come. */
export async function showThread(conversation, message) {
  const answers = new Answers(conversation, message.thread_id ?? message.id);
  const from = document.activeElement;
  thread.close();
  conversation.thread = answers; // it hears from now on
  await answers.load();
  if (page.current !== conversation || conversation.thread !== answers) return;
  opener = from;
  log = new Log(byId('thread-log'), thread.acts);
  log.clear();
  shown = answers;
  byId('thread-text').value = conversation.threadDrafts.get(answers.first) ?? '';
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
