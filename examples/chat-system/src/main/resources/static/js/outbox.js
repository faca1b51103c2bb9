// What this user has said and the server has not confirmed: it outlives a reload, the tabs of a browser share it, and it is said once, however often it is sent.

export class Outbox {
  #prefix;
  #unkept = new Map(); // by key: what the browser has no room for waits in this page alone

  constructor(user) {
    this.#prefix = `chat_outbox_${encodeURIComponent(user)}:`;
  }

  /** What waits by now, in whichever tab it was said: the first said first. */
  get messages() {
    return [...Object.keys(localStorage).filter(key => key.startsWith(this.#prefix)).flatMap(read), ...this.#unkept.values()]
      .sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  has(clientId) {
    const key = this.#prefix + clientId;
    return localStorage.getItem(key) !== null || this.#unkept.has(key);
  }

  add(message) {
    const key = this.#prefix + message.client_id;
    try {
      localStorage.setItem(key, JSON.stringify(message));
    } catch {
      this.#unkept.set(key, { ...message });
    }
  }

  remove(clientId) {
    const key = this.#prefix + clientId;
    localStorage.removeItem(key);
    this.#unkept.delete(key);
  }
}

function read(key) {
  try {
    return [JSON.parse(localStorage.getItem(key))].filter(each => each?.created_at);
  } catch {
    return []; // it is not of this page
  }
}
