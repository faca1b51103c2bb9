// Finds messages, in all conversations or in the open one, and goes to them.

import { api } from '/js/api.js';
import { closeDialog, field, openDialog, tick } from '/js/dialog.js';
import { byId, el, named, shortly } from '/js/dom.js';
import { page } from '/js/state.js';
import { conversationOf } from '/js/known.js';
import { jumpTo } from '/js/talk.js';

const PAGE = 20;
const PATIENCE = 250;
const BEFORE = 40; // so much of a text stands before its first mark
const SHOWN = 240;

function openSearch() {
  const here = page.current;
  const words = field('Words', { type: 'search', maxlength: 200, autofocus: true, enterkeyhint: 'search', 'aria-controls': 'found' });
  const only = tick(el('span', {}, 'Only in ', named(here?.title ?? '')));
  const state = el('p', { id: 'found-state', class: 'note', role: 'status' }, 'Type what you are looking for.');
  const list = el('ul', { id: 'found', 'aria-label': 'Found messages' });
  const more = el('button', { type: 'button', hidden: true }, 'More');
  let asked = 0; // which question is the last one
  let next = null;
  let waiting = 0;
  let isAsking = false;

  const ask = async before => {
    const query = words.input.value.trim();
    const mine = ++asked;
    if (!query) {
      list.replaceChildren();
      more.hidden = true;
      state.textContent = 'Type what you are looking for.';
      return;
    }
    isAsking = true;
    state.textContent = 'Searching…';
    try {
      const place = only.input.checked ? `&conversation_id=${here.id}` : '';
      const found = await api.get(`/search?q=${encodeURIComponent(query)}&limit=${PAGE}${place}${before ? `&before_id=${before}` : ''}`);
      if (mine !== asked) return;
      if (!before) list.replaceChildren();
      list.append(...found.hits.map(hit => el('li', {}, entry(hit))));
      next = found.next ?? null;
      more.hidden = next === null;
      state.textContent = list.children.length ? `${list.children.length}${next === null ? '' : ' and more'} found` : next === null ? 'Nothing was found.' : 'Nothing yet: there is more to look through.';
    } catch (error) {
      if (mine !== asked) return;
      if (!before) list.replaceChildren();
      more.hidden = !before;
      state.textContent = error.message;
    } finally {
      if (mine === asked) isAsking = false;
    }
  };
  const askSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  };

  words.input.addEventListener('input', askSoon);
  only.input.addEventListener('change', () => ask());
  more.addEventListener('click', () => ask(next));
  list.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entries = [...list.querySelectorAll('.entry')];
    const to = step && entries[entries.indexOf(document.activeElement) + step];
    if (!step) return;
    event.preventDefault();
    (to ?? (step < 0 ? words.input : null))?.focus();
  });
  const submit = event => {
    event.preventDefault();
    if (list.firstElementChild && !isAsking) list.querySelector('.entry').focus();
    else ask();
  };
  openDialog('Search', el('form', { role: 'search', onsubmit: submit }, words.row, here && only.row), state, list, more);
  byId('dialog').onscroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = byId('dialog');
    if (next !== null && !isAsking && scrollTop + clientHeight > scrollHeight - 200) ask(next);
  };
  words.input.focus();
}

function entry({ message, highlights }) {
  const conversation = page.conversations.get(message.conversation_id);
  return el('button', { type: 'button', class: 'entry hit', onclick: () => goTo(message) },
    el('span', { class: 'label' },
      el('span', { class: 'name' }, named(message.username), conversation && el('span', { class: 'soft' }, ' in ', named(conversation.title))),
      marked(message.content, highlights)),
    el('time', { class: 'soft', datetime: message.created_at }, shortly(message.created_at)));
}

/** A part of a text around its first mark. Everything in it is text. */
function marked(content, highlights) {
  const from = Math.max(0, (highlights[0]?.start ?? 0) - BEFORE);
  const to = Math.min(content.length, from + SHOWN);
  const body = el('span', { class: 'excerpt', dir: 'auto' }, from > 0 && '…');
  let at = from;
  for (const { start, end } of highlights) {
    if (start < at || start >= to) continue;
    body.append(content.slice(at, start), el('mark', {}, content.slice(start, Math.min(end, to))));
    at = Math.min(end, to);
  }
  body.append(content.slice(at, to), to < content.length ? '…' : '');
  return body;
}

async function goTo(message) {
  closeDialog();
  await jumpTo(await conversationOf(message.conversation_id), message.id);
}

byId('search').addEventListener('click', openSearch);

document.addEventListener('keydown', event => {
  const isWriting = event.target.closest?.('input, textarea, select');
  const wanted = (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !isWriting && !event.ctrlKey && !event.metaKey);
  if (!wanted || byId('chat').hidden || byId('dialog').open) return;
  event.preventDefault();
  openSearch();
});
