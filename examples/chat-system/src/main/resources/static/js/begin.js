// Begins a conversation, or joins one.

import { api } from '/js/api.js';
import { attempt, closeDialog, field, openDialog, problem, submitting, tick } from '/js/dialog.js';
import { avatar, el, named } from '/js/dom.js';
import { statusOf } from '/js/list.js';

/** Begins a direct conversation or a group, or joins a public group. */
export async function newConversation({ people, begun }) {
  const [contacts, open, allowed] = await Promise.all([api.get('/contacts'), api.get('/groups?limit=50'), api.get('/groups/allowed?limit=50')]);
  const groups = [...allowed, ...open.filter(({ id }) => !allowed.some(each => each.id === id))];
  const boxes = contacts.map(each => tick(el('span', { class: 'person' }, avatar(each.name, statusOf(people, each.id)), named(each.name)), { value: each.id }));
  const ids = field('Ids of users', { placeholder: 'one, or several with commas' });
  const name = field('Name of the group', { maxlength: 100 });
  const category = field('Category', { maxlength: 100 });
  const isPublic = tick('Everybody may find and join it');
  const begin = async () => {
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
  openDialog('New conversation',
    el('form', { onsubmit: submitting(begin) },
      el('fieldset', {}, el('legend', {}, 'With whom'), ...(boxes.length ? boxes.map(({ row }) => row) : [ids.row])),
      el('p', { class: 'note' }, 'One person without a name is a direct conversation; otherwise it is a group.'),
      name.row, category.row, isPublic.row, problem,
      el('button', { class: 'primary' }, 'Begin')),
    groups.length > 0 && el('section', {}, el('h3', {}, 'Groups that you may join'), el('ul', { class: 'people' }, ...groups.map(group =>
      el('li', {}, avatar(group.name ?? '?'), el('span', { class: 'label' }, named(group.name ?? ''), el('span', { class: 'soft' }, group.category ? ` ${group.category}` : '')),
        el('button', {
          type: 'button',
          onclick: async () => {
            if (await attempt(() => api.post(`/conversations/${group.id}/join`))) {
              closeDialog();
              begun(await api.get(`/conversations/${group.id}`));
            }
          },
        }, 'Join'))))));
}
