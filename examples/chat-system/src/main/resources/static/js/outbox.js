// What this user has said and the server has not confirmed: it outlives a reload, and is said once, however often it is sent.

const keyOf = user => `chat_outbox_${user}`;

export class Outbox {
  constructor(user) {
    this.user = user;
    try {
      this.entries = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]');
    } catch {
      this.entries = [];
    }
  }

  add(entry) {
    this.entries.push(entry);
    this.#save();
  }

  remove(clientId) {
    this.entries = this.entries.filter(each => each.client_id !== clientId);
    this.#save();
  }

  #save() {
    localStorage.setItem(keyOf(this.user), JSON.stringify(this.entries));
  }
}
