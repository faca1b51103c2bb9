// The messages of a thread: its first one and all answers, whichever of them the log has loaded.

import { api } from '/js/api.js';
import { put, react } from '/js/messages.js';

const PAGE = 200;

export class Answers {
  messages = []; // the oldest first
  #loading = Promise.resolve();
  #told = null; // what is told while they are on their way

  constructor(conversation, first) {
    this.conversation = conversation;
    this.first = first;
  }

  /** What this user has answered here and the server has not confirmed. */
  get waiting() {
    return this.conversation.waiting.filter(each => each.reply_to_id === this.first || this.messages.some(({ id }) => id === each.reply_to_id));
  }

  load() {
    this.#loading = this.#loading.catch(() => {}).then(() => this.#load());
    return this.#loading;
  }

  async #load() {
    try {
      let some;
      do {
        this.#told = [];
        some = await Promise.all([this.#start(), this.#answers()]);
      } while (this.#told.some(({ type }) => type === 'reaction')); // which are counts, so not to be counted twice
      this.messages = some.flat();
    } finally {
      const told = this.#told;
      this.#told = null;
      told.forEach(({ type, word }) => this.#apply(type, word));
    }
  }

  /** Returns the first message, unless it was deleted. */
  async #start() {
    const some = await api.get(`/conversations/${this.conversation.id}/messages?limit=1&before_id=${this.first + 1}`);
    return some.filter(each => each.id === this.first);
  }

  async #answers() {
    const all = [];
    let some;
    do {
      some = await api.get(`/messages/${this.first}/thread?limit=${PAGE}${all.length ? `&after_id=${all.at(-1).id}` : ''}`);
      all.push(...some);
    } while (some.length === PAGE);
    return all;
  }

  /** Takes in what the topic of the conversation told. */
  hear(type, word) {
    if (this.#told) this.#told.push({ type, word });
    else this.#apply(type, word);
  }

  #apply(type, word) {
    switch (type) {
      case 'message':
        if (word.message.thread_id === this.first) put(this.messages, word.message);
        break;
      case 'message_edited':
        if (this.messages.some(each => each.id === word.message.id)) put(this.messages, word.message);
        break;
      case 'message_deleted':
        this.#remove([word.message_id]);
        break;
      case 'messages_removed':
        this.#remove(word.message_ids);
        break;
      case 'reaction':
        react(this.messages, word, this.conversation.me);
        break;
    }
  }

  #remove(ids) {
    this.messages = this.messages.filter(each => !ids.includes(each.id));
  }
}
