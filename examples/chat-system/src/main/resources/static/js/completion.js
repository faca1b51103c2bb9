// Completes `@` to those who are in the conversation, with a list that the keyboard goes through.

import { avatar, el, named } from '/js/dom.js';

const BEGUN = /(?<![\p{L}\p{M}\p{N}_.@-])@([\p{L}\p{M}\p{N}_.-]*)$/u;
const MOST = 8;
let made = 0;

export function completeMentions(field, conversationOf) {
  const id = `mentions-${++made}`;
  const list = el('ul', { id, class: 'completion', role: 'listbox', 'aria-label': 'People to mention', hidden: true });
  field.before(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id })) field.setAttribute(name, value);
  let chosen = 0;

  const close = () => {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const choose = at => {
    chosen = (at + list.children.length) % list.children.length;
    [...list.children].forEach((each, i) => each.setAttribute('aria-selected', String(i === chosen)));
    list.children[chosen].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', list.children[chosen].id);
  };

  const take = name => {
    const at = field.selectionStart;
    const before = field.value.slice(0, at).replace(BEGUN, `@${name} `);
    field.setRangeText(before, 0, at, 'end');
    close();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  };

  const offer = () => {
    const begun = BEGUN.exec(field.value.slice(0, field.selectionStart));
    const people = begun && conversationOf() ? fitting(conversationOf(), begun[1].toLocaleLowerCase()) : [];
    if (!people.length) {
      close();
      return;
    }
    list.replaceChildren(...people.map(({ name, label }, i) => el('li', {
      id: `${id}-${i}`, role: 'option', 'data-name': name,
      onmousedown: event => { event.preventDefault(); take(name); }, // the field keeps the focus
    }, avatar(label), named(label), el('span', { class: 'soft' }, `@${name}`))));
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    choose(0);
  };

  field.addEventListener('input', offer);
  field.addEventListener('blur', close);
  field.addEventListener('keydown', event => {
    if (list.hidden || event.isComposing) return;
    const acts = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => take(list.children[chosen].dataset.name),
      Tab: () => take(list.children[chosen].dataset.name),
      Escape: close,
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  });
}

function fitting({ participants, me, own, isDirect }, begun) {
  const people = [...participants.values()].filter(each => each.user_id !== me.id)
    .map(each => ({ name: each.user_id, label: each.username }));
  if (!isDirect && own?.role === 'admin') people.push({ name: 'everyone', label: 'Everyone here' });
  return people.filter(each => each.name.toLocaleLowerCase().startsWith(begun) || each.label.toLocaleLowerCase().startsWith(begun)).slice(0, MOST);
}
