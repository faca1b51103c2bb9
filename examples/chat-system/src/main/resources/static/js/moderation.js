// What those see who moderate a group, or all of them: open reports, the audit log, who is banned, and when members may speak. It is live.

import { api } from '/js/api.js';
import { openDialog, problem, whenEnded } from '/js/dialog.js';
import { el } from '/js/dom.js';
import { audited } from '/js/audit.js';
import { bans, limits } from '/js/limits.js';
import { reported } from '/js/reports.js';
import { page } from '/js/state.js';

const PAGE = 50;

/** Opens the panel for a group; without one, for all of them. */
export function openModeration(conversation) {
  const base = conversation ? `/conversations/${conversation.id}` : '/moderation';
  const again = () => openModeration(conversation);
  const reports = pageOf(`${base}/reports`, each => reported(each, again), 'Nothing is reported.');
  const audit = pageOf(`${base}/audit`, audited, 'Nothing was done yet.');
  const tabs = [['Reports', reports.node], ['Audit log', audit.node]];
  if (conversation) tabs.push(['Bans', bans(conversation)], ['Limits', limits(conversation)]);
  openDialog(conversation ? `Moderation of ${conversation.title}` : 'Moderation', ...tabbed(tabs), problem);
  reports.load();
  audit.load();
  const topic = page.chat.topic(conversation ? `moderation:${conversation.id}` : 'moderation');
  topic.on('report', word => reports.put({ ...word, reported_by: word.by_id, reported_at: word.timestamp }, word.state === 'open'));
  topic.on('audited', word => audit.put({ ...word, at: word.timestamp, slow_mode_seconds: word.slow_mode_millis === undefined || word.slow_mode_millis === null ? null : word.slow_mode_millis / 1_000 }, true));
  topic.on('missed', again);
  topic.on('error', error => (problem.textContent = error.message));
  whenEnded(() => topic.leave());
}

/** A list that comes in pages, the latest first, and takes in what is told. */
function pageOf(path, entry, whenEmpty) {
  const list = el('ul', { class: 'cases', 'aria-live': 'polite' });
  const more = el('button', { type: 'button', hidden: true }, 'Earlier ones');
  const empty = el('p', { class: 'note', hidden: true }, whenEmpty);
  const nodes = new Map();
  let oldest = null;

  const put = (each, isWanted, first = true) => {
    const known = nodes.get(each.id);
    nodes.delete(each.id);
    if (isWanted) {
      const node = el('li', { 'data-case': each.id }, ...entry(each));
      nodes.set(each.id, node);
      if (known) known.replaceWith(node);
      else if (first) list.prepend(node);
      else list.append(node);
    } else known?.remove();
    empty.hidden = nodes.size > 0;
  };
  const load = async () => {
    try {
      const some = await api.get(`${path}?limit=${PAGE}${oldest ? `&before=${oldest}` : ''}`);
      some.filter(each => !nodes.has(each.id)).forEach(each => put(each, true, false));
      oldest = some.at(-1)?.id ?? oldest;
      more.hidden = some.length < PAGE;
      empty.hidden = nodes.size > 0;
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  more.addEventListener('click', load);
  return { node: el('div', {}, list, empty, more), load, put };
}

let made = 0;

/** Tabs of which one is shown; the arrow keys go from one to the next. */
function tabbed(tabs) {
  const id = `tabs-${++made}`;
  const panels = tabs.map(([label, node], i) => el('div', { id: `${id}-panel-${i}`, role: 'tabpanel', 'aria-labelledby': `${id}-${i}`, hidden: i > 0 }, node));
  const choose = at => {
    buttons.forEach((each, i) => {
      each.setAttribute('aria-selected', String(i === at));
      each.tabIndex = i === at ? 0 : -1;
      panels[i].hidden = i !== at;
    });
    buttons[at].focus();
  };
  const buttons = tabs.map(([label], i) => el('button', {
    id: `${id}-${i}`, type: 'button', role: 'tab', 'aria-controls': `${id}-panel-${i}`, 'aria-selected': String(i === 0), tabindex: i ? '-1' : '0',
    onclick: () => choose(i),
    onkeydown: ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) choose((i + step + tabs.length) % tabs.length);
    },
  }, label));
  return [el('div', { class: 'tabs', role: 'tablist' }, ...buttons), ...panels];
}
