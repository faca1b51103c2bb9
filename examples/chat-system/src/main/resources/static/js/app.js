// The page: signing in and out, and what belongs to the whole of it.

import { openAccount } from '/js/account.js';
import { api, session } from '/js/api.js';
import { isInContext, endContext } from '/js/composer.js';
import { connect, disconnect } from '/js/connection.js';
import { details } from '/js/details.js';
import { closeDialog, failed } from '/js/dialog.js';
import { byId, named, notice } from '/js/dom.js';
import { forget } from '/js/inbox.js';
import { know } from '/js/known.js';
import { acts } from '/js/acts.js';
import { openModeration } from '/js/moderation.js';
import { Outbox } from '/js/outbox.js';
import { say } from '/js/sending.js';
import { page } from '/js/state.js';
import { close, open, show } from '/js/talk.js';
import { thread } from '/js/thread.js';
import '/js/pins.js';
import '/js/search.js';
import '/js/theme.js';

let invitation = /^#join=(.+)$/.exec(location.hash)?.[1] ?? null;

session.ended = () => leave('Your session has ended. Sign in to go on.');
session.replaced = () => leave('You have signed out, or in anew, in another tab. Load this page again to go on as there.');

function leave(text) {
  session.token = '';
  close();
  disconnect();
  if (byId('dialog').open) closeDialog();
  page.conversations.clear();
  page.people.clear();
  byId('chat').hidden = true;
  byId('welcome').hidden = false;
  byId('login-error').textContent = text;
  byId('username').focus();
  document.title = 'Chat';
}

async function enter() {
  const { id, name, is_moderator } = await api.get('/users/me');
  Object.assign(page.me, { id, name, isModerator: is_moderator === true, blocked: new Set() });
  page.outbox = new Outbox(id);
  byId('welcome').hidden = true;
  byId('chat').hidden = false;
  byId('me').replaceChildren(named(name));
  byId('moderation').hidden = !page.me.isModerator;
  show();
  connect();
  if (invitation) await accept(invitation);
}

/** Takes up an invitation that came in the address, once. */
async function accept(token) {
  invitation = null;
  history.replaceState(null, '', '/');
  try {
    open(know(await api.post('/invitations/accept', { token: decodeURIComponent(token) })));
  } catch (error) {
    notice(error.status === 403 ? 'This invitation lets nobody in any more.' : error.message);
  }
}

byId('login').addEventListener('submit', event => {
  event.preventDefault();
  signIn(async () => (await api.login(byId('username').value.trim(), byId('password').value)).access_token);
});

byId('token-login').addEventListener('submit', event => {
  event.preventDefault();
  signIn(async () => byId('token').value.trim());
});

async function signIn(tokenOf) {
  byId('login-error').textContent = '';
  try {
    session.token = await tokenOf();
    await enter();
    byId('password').value = byId('token').value = '';
  } catch (error) {
    byId('login-error').textContent = error.message;
  }
}

byId('logout').addEventListener('click', () => leave(''));
byId('account').addEventListener('click', () => openAccount(leave));
byId('moderation').addEventListener('click', () => openModeration());

byId('about').addEventListener('click', () => {
  const conversation = page.current;
  details({ conversation, people: page.people, me: page.me, left: () => forget(conversation.id) }).catch(failed);
});

byId('back').addEventListener('click', () => {
  document.body.classList.remove('open');
  byId('list').querySelector(`[data-id="${page.current?.id}"]`)?.focus();
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.defaultPrevented || byId('dialog').open) return;
  if (isInContext()) endContext();
  else if (thread.isOpen) thread.close(true);
});

thread.say = say;
thread.acts = acts;

if (session.token) enter().catch(error => error.status === 401 || leave(error.message));
else leave('');
