// Where one writes: a message, an answer or an edit, with what is attached, and why one may not.

import { api } from '/js/api.js';
import { completeMentions } from '/js/completion.js';
import { failed } from '/js/dialog.js';
import { byId, named } from '/js/dom.js';
import { tellWriting } from '/js/presence.js';
import { say } from '/js/sending.js';
import { draw, page, whenDrawn } from '/js/state.js';
import { tray } from '/js/tray.js';
import { closedBecause } from '/js/voice.js';

let context = null; // {reply} or {edit}: a message
let wrote = 0; // when the others were last told that something is being written
let opening = 0;

export const isInContext = () => context !== null;

export function setContext(next) {
  context = next;
  const message = next?.edit ?? next?.reply;
  byId('context').hidden = !next;
  byId('context-text').replaceChildren(next?.edit ? 'Editing: ' : 'Reply to ', ...(next?.reply ? [named(message.username), ': '] : []), named((message?.content ?? '').slice(0, 80)));
  if (next) {
    byId('text').value = next.edit ? message.content : byId('text').value;
    grow();
    byId('text').focus();
  }
}

export function endContext() {
  if (context?.edit) byId('text').value = '';
  setContext(null);
  grow();
  byId('text').focus();
}

/** Begins anew, for another conversation: what was written and not said waits in the one before. */
export function resetComposer(before) {
  if (before) before.draft = context?.edit ? '' : byId('text').value;
  tray.clear();
  setContext(null);
  byId('text').value = page.current?.draft ?? '';
  grow();
}

byId('context-end').addEventListener('click', endContext);

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const { current } = page;
  const content = byId('text').value;
  if (!current || closedBecause(current) || tray.isBusy || (!content.trim() && tray.isEmpty)) return;
  const { edit, reply } = context ?? {};
  byId('text').value = '';
  wrote = 0; // what is said ends the writing
  setContext(null);
  grow();
  if (edit) {
    api.put(`/messages/${edit.id}`, { content }).catch(error => {
      failed(error);
      if (page.current === current && !context && !byId('text').value) writeAgain(edit, content);
    });
    return;
  }
  page.follow = true;
  if (current.isDetached) current.load().catch(failed);
  say(current, content, { reply_to_id: reply?.id, attachments: tray.take() });
});

/** What could not be changed is not to be typed once more. */
function writeAgain(edit, content) {
  setContext({ edit });
  byId('text').value = content;
  grow();
}

byId('text').addEventListener('input', () => {
  grow();
  const now = Date.now();
  if (!page.current || !byId('text').value || now - wrote < 3_000 || page.chat.state !== 'open') return;
  wrote = now;
  tellWriting(page.current);
});

completeMentions(byId('text'), () => page.current);
completeMentions(byId('thread-text'), () => page.current);

byId('text').addEventListener('keydown', event => {
  if (event.defaultPrevented) return;
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId('say').requestSubmit();
  } else if (event.key === 'ArrowUp' && !byId('text').value) {
    const last = page.current?.messages.findLast(each => each.user_id === page.me.id && each.message_type !== 'system' && !each.forwarded_from);
    if (last) setContext({ edit: last });
  }
});

function grow() {
  const text = byId('text');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

whenDrawn(drawComposer);

function drawComposer() {
  const { current } = page;
  clearTimeout(opening);
  if (!current) return;
  const closed = closedBecause(current);
  byId('text').disabled = byId('attach').disabled = Boolean(closed);
  byId('send').disabled = Boolean(closed) || tray.isBusy;
  byId('closed').hidden = !closed;
  if (byId('closed-text').textContent !== (closed?.text ?? '')) byId('closed-text').textContent = closed?.text ?? '';
  byId('closed-left').textContent = closed?.until ? leftUntil(closed.until) : '';
  if (closed?.until) opening = setTimeout(closed.until > Date.now() + 1_000 ? drawComposer : draw, Math.min(1_000, Math.max(50, closed.until - Date.now() + 20)));
}

function leftUntil(until) {
  const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
  if (seconds < 60) return ` (${seconds} s)`;
  return seconds < 5_400 ? ` (${Math.ceil(seconds / 60)} min)` : '';
}

/* --- What is attached --- */

tray.onchange = draw;
const attach = files => page.current && !closedBecause(page.current) && files.length && tray.add(page.current.id, files);
byId('attach').addEventListener('click', () => byId('files').click());
byId('files').addEventListener('change', () => {
  attach([...byId('files').files]);
  byId('files').value = '';
});
byId('text').addEventListener('paste', event => attach([...event.clipboardData.files]));
byId('talk').addEventListener('dragover', event => event.preventDefault());
byId('talk').addEventListener('drop', event => {
  event.preventDefault();
  attach([...event.dataTransfer.files]);
});
