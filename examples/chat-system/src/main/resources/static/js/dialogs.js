// What opens over the page: a new conversation, and who is in one.

import { api } from '/js/api.js';
import { avatar, byId, el, named, notice } from '/js/dom.js';
import { statusOf } from '/js/list.js';

function open(title, ...body) {
  byId('dialog-title').textContent = title;
  byId('dialog-body').replaceChildren(...body);
  if (!byId('dialog').open) byId('dialog').showModal();
}

export const closeDialog = () => byId('dialog').close();

/** Does something, and tells when it was refused. */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    problem.textContent = error.message;
    return undefined;
  }
}

const problem = el('p', { class: 'error', role: 'alert' });

function field(label, properties) {
  const id = `field-${label.replaceAll(' ', '-').toLowerCase()}`;
  const input = el(properties.rows ? 'textarea' : 'input', { id, dir: 'auto', autocomplete: 'off', ...properties });
  return { input, row: el('p', { class: 'field' }, el('label', { for: id }, label), input) };
}

function tick(label, properties = {}) {
  const input = el('input', { type: 'checkbox', ...properties });
  return { input, row: el('label', { class: 'tick' }, input, label) };
}

/** Begins a direct conversation or a group, or joins a public group. */
export async function newConversation({ people, begun }) {
  problem.textContent = '';
  const [contacts, groups] = await Promise.all([api.get('/contacts'), api.get('/groups?limit=50')]);
  const boxes = contacts.map(each => tick(el('span', { class: 'person' }, avatar(each.name, statusOf(people, each.id)), named(each.name)), { value: each.id }));
  const ids = field('Ids of users', { placeholder: 'one, or several with commas' });
  const name = field('Name of the group', { maxlength: 100 });
  const category = field('Category', { maxlength: 100 });
  const isPublic = tick('Everybody may find and join it');
  const begin = async event => {
    event.preventDefault();
    const chosen = [
      ...boxes.filter(({ input }) => input.checked).map(({ input }) => input.value),
      ...ids.input.value.split(',').map(each => each.trim()).filter(Boolean),
    ];
    const isGroup = chosen.length !== 1 || name.input.value.trim() !== '';
    const made = await attempt(() => api.post('/conversations', isGroup
      ? {
        conversation_type: 'group',
        name: name.input.value.trim() || null,
        category: category.input.value.trim() || null,
        visibility: isPublic.input.checked ? 'public' : 'private',
        participant_ids: chosen,
      }
      : { conversation_type: 'direct', participant_ids: chosen }));
    if (made) {
      closeDialog();
      begun(made);
    }
  };
  open('New conversation',
    el('form', { onsubmit: begin },
      el('fieldset', {}, el('legend', {}, 'With whom'), ...(boxes.length ? boxes.map(({ row }) => row) : [ids.row])),
      el('p', { class: 'note' }, 'One person without a name is a direct conversation; otherwise it is a group.'),
      name.row, category.row, isPublic.row, problem,
      el('button', { class: 'primary' }, 'Begin')),
    groups.length > 0 && el('section', {}, el('h3', {}, 'Public groups'), el('ul', { class: 'people' }, ...groups.map(group =>
      el('li', {}, avatar(group.name ?? '?'), el('span', { class: 'label' }, named(group.name ?? ''), el('span', { class: 'soft' }, group.category ? ` ${group.category}` : '')),
        el('button', {
          type: 'button',
          onclick: async () => {
            if (await attempt(() => api.post(`/conversations/${group.id}/join`))) {
              closeDialog();
              begun(await api.get(`/conversations/${group.id}`));
            }
          },
        }, 'Join'))))) || '');
}

/** Who is in a conversation, and what one may change about it. */
export async function details({ conversation, people, me, left }) {
  problem.textContent = '';
  await conversation.loadParticipants();
  const again = () => details({ conversation, people, me, left });
  const change = work => async () => {
    if (await attempt(work) !== undefined) again();
  };
  if (conversation.isDirect) {
    await direct(conversation, people, change);
    return;
  }
  const { own } = conversation;
  const base = `/conversations/${conversation.id}`;
  open(conversation.title,
    problem,
    own.role === 'admin' && conversation.about.is_active ? describing(conversation, change) : (conversation.about.description ? el('p', { dir: 'auto' }, conversation.about.description) : ''),
    el('h3', {}, `${conversation.participants.size} people`),
    el('ul', { class: 'people' }, ...[...conversation.participants.values()].map(each => person(conversation, each, people, change))),
    own.role === 'admin' && conversation.about.is_active ? await adding(conversation, people, change) : '',
    el('footer', {},
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

async function direct(conversation, people, change) {
  const { partner } = conversation;
  const blocks = await api.get('/blocks');
  const blocked = blocks.some(each => each.user_id === partner.user_id);
  const path = `/blocks/${encodeURIComponent(partner.user_id)}`;
  open(conversation.title, problem,
    el('ul', { class: 'people' }, person(conversation, partner, people, change)),
    el('p', { class: 'note' }, blocked ? 'You have blocked them: neither of you can write.' : 'Who is blocked can write to you no more, nor add you to groups.'),
    el('footer', {}, el('button', { type: 'button', class: 'alarm', onclick: change(() => blocked ? api.delete(path) : api.put(path)) }, blocked ? 'End the block' : 'Block')));
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
  return el('form', { onsubmit: event => { event.preventDefault(); save(); } }, name.row, description.row, isPublic.row, el('button', {}, 'Save'));
}

async function adding(conversation, people, change) {
  const contacts = (await api.get('/contacts')).filter(each => !conversation.participants.has(each.id));
  const chosen = contacts.length
    ? el('select', { id: 'add-whom' }, ...contacts.map(each => el('option', { value: each.id }, each.name)))
    : el('input', { id: 'add-whom', placeholder: 'Id of a user', required: true });
  const add = change(() => api.post(`/conversations/${conversation.id}/participants`, { user_id: chosen.value.trim() }));
  return el('form', { class: 'inline', onsubmit: event => { event.preventDefault(); add(); } }, el('label', { for: 'add-whom' }, 'Add'), chosen, el('button', {}, 'Add'));
}

function person(conversation, each, people, change) {
  const { own } = conversation;
  const state = people.get(each.user_id);
  const status = statusOf(people, each.user_id);
  const path = `/conversations/${conversation.id}/participants/${encodeURIComponent(each.user_id)}`;
  const act = (label, work) => el('button', { type: 'button', 'aria-label': `${label} ${each.username}`, onclick: change(work) }, label);
  const above = !conversation.isDirect && each.user_id !== own.user_id && (own.is_owner || (own.role === 'admin' && each.role === 'member'));
  const role = each.is_owner ? 'owner' : each.role;
  return el('li', {}, avatar(each.username, status),
    el('span', { class: 'label' }, named(each.username), el('span', { class: 'soft' }, ` ${conversation.isDirect ? '' : role}${each.is_muted ? ', muted' : ''} ${status}`),
      state?.text && el('span', { class: 'soft' }, ' – ', el('bdi', {}, state.text))),
    above && el('span', { class: 'acts' },
      own.is_owner && act(each.role === 'admin' ? 'Make member' : 'Make admin', () => api.put(path, { role: each.role === 'admin' ? 'member' : 'admin' })),
      act(each.is_muted ? 'Unmute' : 'Mute', () => api.put(path, { is_muted: !each.is_muted })),
      act('Remove', () => api.delete(path)),
      own.is_owner && act('Hand over to', () => confirm(`Make ${each.username} the owner?`) ? api.put(`/conversations/${conversation.id}/owner`, { user_id: each.user_id }) : Promise.resolve())));
}

export const failed = error => notice(error.message);
