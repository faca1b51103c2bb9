// What opens over the page, and the fields in it.

import { byId, el, notice } from '/js/dom.js';

let ending = () => {};
let shown = 0;

/** Shows something over the page, in the place of what was there. */
export function openDialog(title, ...body) {
  end();
  problem.textContent = '';
  byId('dialog-title').textContent = title;
  byId('dialog-body').replaceChildren(...body.filter(Boolean));
  if (!byId('dialog').open) byId('dialog').showModal();
}

/** Returns what tells whether that is still shown which is now: nothing else was opened meanwhile, and it was not closed. */
export function whileShown() {
  const now = shown;
  return () => now === shown && byId('dialog').open;
}

export const closeDialog = () => byId('dialog').close();

/** Has something done when what is shown now is so no more. */
export const whenEnded = work => (ending = work);

function end() {
  shown++;
  const last = ending;
  ending = () => {};
  byId('dialog').onscroll = null;
  last();
}

byId('dialog').addEventListener('close', end);
byId('dialog').addEventListener('click', event => event.target === byId('dialog') && closeDialog());

export const problem = el('p', { class: 'error', role: 'alert' });

/** Does something, and tells when it was refused. */
export async function attempt(work) {
  problem.textContent = '';
  try {
    return await work();
  } catch (error) {
    problem.textContent = error.message;
    return undefined;
  }
}

export function field(label, properties) {
  const id = `field-${label.replaceAll(' ', '-').toLowerCase()}`;
  const input = el(properties.rows ? 'textarea' : 'input', { id, dir: 'auto', autocomplete: 'off', ...properties });
  return { input, row: el('p', { class: 'field' }, el('label', { for: id }, label), input) };
}

/** A choice of one: `options` are pairs of a value and what it is called. */
export function choice(label, options, chosen) {
  const id = `field-${label.replaceAll(' ', '-').toLowerCase()}`;
  const input = el('select', { id }, ...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  return { input, row: el('p', { class: 'field' }, el('label', { for: id }, label), input) };
}

export function tick(label, properties = {}) {
  const input = el('input', { type: 'checkbox', ...properties });
  return { input, row: el('label', { class: 'tick' }, input, label) };
}

/** Has a form do its work once at a time: who clicks twice asks once. */
export function submitting(work) {
  let isBusy = false;
  return async event => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      await work();
    } finally {
      isBusy = false;
    }
  };
}

/** A form that does something, and says what was wrong with it. */
export const form = (label, work, ...rows) => el('form', { onsubmit: submitting(work) }, ...rows, problem, el('button', { class: 'primary' }, label));

export const failed = error => notice(error.message);
