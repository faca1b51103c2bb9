// Who is in a conversation, and what one may change about it, for everybody and for oneself.

import { api } from '/js/api.js';
import { attempt, choice, closeDialog, field, openDialog, problem, submitting, tick, whileShown } from '/js/dialog.js';
import { avatar, el, named } from '/js/dom.js';
import { invitations } from '/js/invitations.js';
import { statusOf } from '/js/list.js';
import { banning, kicking, muting, pathOf } from '/js/moderating.js';
import { openModeration } from '/js/moderation.js';
import { momentOf } from '/js/voice.js';

const HOUR = 3_600_000;

/** Who is in a conversation, and what one may change about it. */
export async function details({ conversation, people, me, left }, isStillShown = () => true) {
  await conversation.loadParticipants();
  const seen = new Map((await api.get(`/conversations/${conversation.id}/presence`)).map(each => [each.user_id, each.last_active]));
  const again = () => details({ conversation, people, me, left }, whileShown());
  const change = work => async () => {
    const isShown = whileShown();
    if (await attempt(work) !== undefined && isShown()) again();
  };
  if (conversation.isDirect) {
    await direct(conversation, people, seen, change, isStillShown);
    return;
  }
  const { own } = conversation;
  const addition = own.role === 'admin' && conversation.about.is_active ? await adding(conversation, people, change) : '';
  if (!isStillShown()) return;
  const base = `/conversations/${conversation.id}`;
  openDialog(conversation.title,
    problem,
    own.role === 'admin' && conversation.about.is_active ? describing(conversation, change) : (conversation.about.description ? el('p', { dir: 'auto' }, conversation.about.description) : ''),
    forOneself(conversation, change),
    el('h3', {}, `${conversation.participants.size} people`),
    el('ul', { class: 'people' }, ...[...conversation.participants.values()].map(each => person(conversation, each, people, seen, change, again))),
    addition,
    el('footer', {},
      own.role === 'admin' && conversation.about.is_active && el('button', { type: 'button', onclick: () => invitations(conversation) }, 'Invitations'),
      conversation.mayModerate && el('button', { type: 'button', onclick: () => openModeration(conversation) }, 'Moderation'),
      own.is_owner && el('button', { type: 'button', onclick: change(() => conversation.about.is_active ? api.post(`${base}/archive`) : api.delete(`${base}/archive`)) },
        conversation.about.is_active ? 'Archive' : 'Take up again'),
      el('button', {
        type: 'button',
        class: 'alarm',
        onclick: async () => {
          if (confirm(`Leave ${conversation.title}?`) && await attempt(() => api.post(`${base}/leave`))) {
            closeDialog();
            left();
          }
        },
      }, 'Leave')));
}

async function direct(conversation, people, seen, change, isStillShown) {
  const { partner } = conversation;
  const blocks = await api.get('/blocks');
  if (!isStillShown()) return;
  conversation.me.blocked = new Set(blocks.map(each => each.user_id));
  openDialog(conversation.title, problem,
    partner ? el('ul', { class: 'people' }, person(conversation, partner, people, seen, change)) : el('p', { class: 'note' }, 'Whoever this was with has erased their account.'),
    forOneself(conversation, change),
    ...(partner ? blocking(conversation, partner, change) : []));
}

function blocking(conversation, partner, change) {
  const blocked = conversation.me.blocked.has(partner.user_id);
  const path = `/blocks/${encodeURIComponent(partner.user_id)}`;
  return [
    el('p', { class: 'note' }, blocked ? 'You have blocked them: neither of you can write.' : 'Who is blocked can write to you no more, nor add you to groups; what they say in groups is hidden.'),
    el('footer', {}, el('button', { type: 'button', class: 'alarm', onclick: change(() => blocked ? api.delete(path) : api.put(path)) }, blocked ? 'End the block' : 'Block')),
  ];
}

function describing(conversation, change) {
  const name = field('Name', { maxlength: 100, value: conversation.about.name ?? '' });
  const description = field('Description', { maxlength: 1000, value: conversation.about.description ?? '' });
  const isPublic = tick('Everybody may find and join it', { checked: conversation.about.visibility === 'public' });
  const save = change(async () => {
    conversation.take(await api.put(`/conversations/${conversation.id}`, {
      name: name.input.value, description: description.input.value, visibility: isPublic.input.checked ? 'public' : 'private',
    }));
    return true;
  });
  return el('form', { onsubmit: submitting(save) }, name.row, description.row, isPublic.row, el('button', {}, 'Save'));
}

async function adding(conversation, people, change) {
  const contacts = (await api.get('/contacts')).filter(each => !conversation.participants.has(each.id));
  const chosen = contacts.length
    ? el('select', { id: 'add-whom' }, ...contacts.map(each => el('option', { value: each.id }, each.name)))
    : el('input', { id: 'add-whom', placeholder: 'Id of a user', required: true });
  const add = change(() => api.post(`/conversations/${conversation.id}/participants`, { user_id: chosen.value.trim() }));
  return el('form', { class: 'inline', onsubmit: submitting(add) }, el('label', { for: 'add-whom' }, 'Add'), chosen, el('button', {}, 'Add'));
}

/** What this user alone sees: notifications, and whether it is in their list. */
function forOneself(conversation, change) {
  const base = `/conversations/${conversation.id}/settings`;
  const keep = body => change(async () => {
    const { muted_until, archived } = await api.put(base, body);
    conversation.take({ muted_until: muted_until ?? null, archived });
    return true;
  })();
  const quiet = conversation.isQuiet;
  const bell = choice('Notifications', [
    ['on', 'On'],
    ...(quiet ? [['kept', offUntil(conversation.about.muted_until)]] : []),
    [String(HOUR), 'Off for an hour'], [String(24 * HOUR), 'Off for a day'], ['off', 'Off'],
  ], quiet ? 'kept' : 'on');
  bell.input.addEventListener('change', () => {
    const { value } = bell.input;
    if (value === 'on' || value === 'off') keep({ muted: value === 'off' });
    else if (value !== 'kept') keep({ muted: true, muted_until: new Date(Date.now() + Number(value)).toISOString() });
  });
  const away = tick('Archived for you, until the next message', { checked: conversation.about.archived });
  away.input.addEventListener('change', () => keep({ archived: away.input.checked }));
  return el('section', { 'aria-label': 'For you alone' }, bell.row, away.row);
}

const offUntil = until => new Date(until).getFullYear() > 2_100 ? 'Off now' : `Off until ${momentOf(until)}`;

function person(conversation, each, people, seen, change, again) {
  const { own, me } = conversation;
  const state = people.get(each.user_id);
  const status = statusOf(people, each.user_id);
  const path = pathOf(conversation.id, each.user_id);
  const act = (label, onclick) => el('button', { type: 'button', 'aria-label': `${label.replace('…', '')} ${each.username}`, onclick }, label);
  const isOther = !conversation.isDirect && each.user_id !== own.user_id;
  const below = isOther && (me.isModerator || own.is_owner || (own.role === 'admin' && each.role === 'member'));
  const about = { conversation: conversation.id, user: each.user_id, name: each.username, then: again };
  const role = each.is_owner ? 'owner' : each.role;
  const muted = each.is_muted ? `, muted${each.muted_until ? ` until ${momentOf(each.muted_until)}` : ''}` : '';
  return el('li', {}, avatar(each.username, status),
    el('span', { class: 'label' }, named(each.username), el('span', { class: 'soft' }, ` ${conversation.isDirect ? '' : role}${muted} ${status}${status === 'offline' && seen.get(each.user_id) ? `, last here ${momentOf(seen.get(each.user_id))}` : ''}`),
      state?.text && el('span', { class: 'soft' }, ' – ', el('bdi', {}, state.text))),
    below && el('span', { class: 'acts' },
      own.is_owner && act(each.role === 'admin' ? 'Make member' : 'Make admin', change(() => api.put(path, { role: each.role === 'admin' ? 'member' : 'admin' }))),
      each.is_muted ? act('Unmute', change(() => api.put(`${path}/voice`, { muted: false }))) : act('Mute…', () => muting(about)),
      !each.is_owner && act('Kick…', () => kicking(about)),
      !each.is_owner && act('Ban…', () => banning(about)),
      own.is_owner && act('Hand over to', change(() => confirm(`Make ${each.username} the owner?`) ? api.put(`/conversations/${conversation.id}/owner`, { user_id: each.user_id }) : Promise.resolve()))));
}
