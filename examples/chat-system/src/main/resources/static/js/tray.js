// What is to be attached to the next message: it is uploaded at once, with a bar that shows how far it is.

import { api } from '/js/api.js';
import { button, byId, el, icon, named, notice, sizeOf } from '/js/dom.js';

const LARGEST = 10 * 1_024 * 1_024;
const MOST = 10;

let entries = []; // {file, upload, result, node}
let changed = () => {};

export const tray = {
  set onchange(listener) {
    changed = listener;
  },

  get isBusy() {
    return entries.some(each => !each.result);
  },

  get isEmpty() {
    return !entries.length;
  },

  add(conversation, files) {
    for (const file of files) {
      if (entries.length >= MOST) notice(`At most ${MOST} can be attached to a message.`);
      else if (file.size > LARGEST) notice(`${file.name} has more than ${sizeOf(LARGEST)}.`);
      else start(conversation, file);
    }
    changed();
  },

  /** Takes out what was uploaded, for a message. */
  take() {
    const taken = entries.map(each => each.result);
    this.clear();
    return taken;
  },

  clear() {
    for (const each of entries) if (!each.result) each.upload.request.abort();
    entries = [];
    byId('tray').replaceChildren();
    changed();
  },
};

function start(conversation, file) {
  const bar = el('progress', { max: 1, value: 0, 'aria-label': `Upload of ${file.name}` });
  const entry = { file };
  entry.node = el('li', {}, named(file.name), el('span', { class: 'soft' }, ` ${sizeOf(file.size)}`), bar,
    button(`Do not attach ${file.name}`, icon('close'), () => remove(entry)));
  byId('tray').append(entry.node);
  entries.push(entry);
  entry.upload = api.upload(conversation, file, far => (bar.value = far));
  entry.upload.done.then(result => {
    entry.result = result;
    bar.remove();
    changed();
  }, error => {
    if (entries.includes(entry)) notice(`${file.name} was not uploaded: ${error.message}`);
    remove(entry);
  });
}

function remove(entry) {
  if (!entries.includes(entry)) return;
  entries = entries.filter(each => each !== entry);
  entry.node.remove();
  if (!entry.result) entry.upload.request.abort();
  changed();
}
