// The REST API. Whoever is refused for the token is asked to sign in again.

const BASE = '/api/v1/chat';
const KEY = 'auth_token';

let token = localStorage.getItem(KEY) ?? ''; // of this tab: another one may sign in somebody else

export const session = {
  get token() {
    return token;
  },
  /** Keeps it for the next page, too. Without one, that of another tab stays. */
  set token(value) {
    if (value) localStorage.setItem(KEY, value);
    else if (localStorage.getItem(KEY) === token) localStorage.removeItem(KEY);
    token = value;
  },
  ended: () => {},
  replaced: () => {},
};

addEventListener('storage', () => {
  if (token && localStorage.getItem(KEY) !== token) session.replaced();
});

/** What the server refused, in words for people. */
export class Refused extends Error {
  constructor(status, detail) {
    super(Array.isArray(detail) ? detail.map(each => `${each.loc.at(-1)}: ${each.msg}`).join('; ') : (detail ?? `The server answered ${status}`));
    this.status = status;
  }
}

const bearer = () => ({ Authorization: `Bearer ${token}` });

async function answerOf(response, asker) {
  const body = await response.json().catch(() => ({}));
  if (asker !== token) throw new Refused(0, ''); // whoever asked has signed out: there is nobody to tell
  if (response.ok) return body;
  if (response.status === 401) session.ended();
  throw new Refused(response.status, body.detail);
}

async function call(method, path, body) {
  const asker = token;
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: body === undefined ? bearer() : { ...bearer(), 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, 'There is no connection to the server.');
  }
  return answerOf(response, asker);
}

export const api = {
  get: path => call('GET', path),
  post: (path, body = {}) => call('POST', path, body),
  put: (path, body = {}) => call('PUT', path, body),
  delete: path => call('DELETE', path),

  async login(username, password) {
    const response = await fetch('/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (response.status === 404) throw new Refused(404, 'This server has no users of its own: paste a token of your application.');
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, body.detail);
    return body;
  },

  /** Sends a file and tells how far it is, from 0 to 1. `request.abort()` ends it. */
  upload(conversation, file, progress) {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onload = () => {
        let body = {};
        try {
          body = JSON.parse(request.responseText);
        } catch {
          // told by its status
        }
        if (request.status === 200) resolve(body);
        else reject(new Refused(request.status, body.detail));
      };
      request.onerror = () => reject(new Refused(0, 'The upload was interrupted.'));
      request.onabort = () => reject(new Refused(0, 'The upload was stopped.'));
      request.open('POST', `${BASE}/conversations/${conversation}/uploads?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.send(file);
    });
    return { request, done };
  },

  /** Returns what was uploaded, as an address for this page alone. Only our own uploads are asked for. */
  async blobOf(url) {
    if (!url.startsWith(`${BASE}/uploads/`)) throw new Refused(0, 'That is not here.');
    const response = await fetch(url, { headers: bearer() });
    if (!response.ok) throw new Refused(response.status, 'That is not here any more.');
    return URL.createObjectURL(await response.blob());
  },
};
