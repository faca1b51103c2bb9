// One conversation: what is known of it, and how that changes. Nothing here touches the document.

import { api } from '/js/api.js';
import { put, react } from '/js/messages.js';
import { closedBecause } from '/js/voice.js';

const PAGE = 50;
const NEAR = 1_000; // so many messages are loaded to get from the newest to an earlier one
const LARGEST_PAGE = 200;

export class Conversation {
  messages = []; // the oldest first
  participants = new Map(); // by user
  waiting = []; // what this page has said, and the server has not confirmed
  more = true; // whether there are older messages
  loaded = false;
  isDetached = false; // whether an earlier part is shown, behind which messages are missing
  pins = []; // the last one pinned first
  saidAt = 0; // when this user said something last
  draft = ''; // what was written, and not said before another conversation was opened
  threadDrafts = new Map(); // the same of threads, by their first message
  thread = null; // the answers of the thread that is open
  counted = 0; // the number of the newest message that is in the count of what is unread
  topic = null;
  #revealed = new Set(); // messages that one wanted to see though one has blocked their author
  #loading = null;
  #told = []; // what was told while a page was on its way
  #draw;

  constructor(json, me, draw) {
    this.me = me;
    this.#draw = draw;
    this.take(json);
  }

  /** Takes over what a list or an event says of it; what it leaves out stays, and so do counts that are newer than its own. */
  take({ unread_count, mentions, last_message, last_message_at, last_message_id, last_message_user_id, last_sequence, ...json }) {
    if (unread_count !== undefined && last_sequence >= this.counted) {
      this.counted = last_sequence;
      Object.assign(json, { unread_count, mentions, last_message, last_message_at, last_message_id, last_message_user_id });
    }
    this.about = { participant_count: 0, unread_count: 0, mentions: 0, last_message: null, archived: false, ...this.about, ...json };
    if (json.slow_mode_millis !== undefined) this.about.slow_mode_seconds = json.slow_mode_millis / 1_000;
    this.id = this.about.id;
  }

  get isDirect() {
    return this.about.conversation_type === 'direct';
  }

  /** The other one of a direct conversation. */
  get partner() {
    if (!this.isDirect) return undefined;
    return [...this.participants.values()].find(each => each.user_id !== this.me.id) ?? this.about.partner ?? undefined;
  }

  get title() {
    return this.isDirect ? (this.partner?.username ?? '…') : (this.about.name ?? 'Group');
  }

  get own() {
    return this.participants.get(this.me.id);
  }

  /** Whether this user may write, edit and react here; slow mode lets them do all but write. */
  get maySpeak() {
    return closedBecause({ about: this.about, own: this.own, saidAt: 0 }) === null;
  }

  get mayPin() {
    return this.maySpeak && (this.isDirect || this.own?.role === 'admin');
  }

  get mayModerate() {
    return !this.isDirect && (this.own?.role === 'admin' || this.me.isModerator);
  }

  /** Whether a message is out of sight: in groups one sees nothing of whom one has blocked, unless one asks for it. */
  hides(message) {
    return !this.isDirect && this.me.blocked.has(message.user_id) && !this.#revealed.has(message.id);
  }

  /** Whether the newest message is one that is out of sight. */
  get hidesNewest() {
    return this.hides({ id: this.about.last_message_id, user_id: this.about.last_message_user_id });
  }

  reveal(message) {
    this.#revealed.add(message.id);
    this.#draw();
  }

  /** Whether this user wants no notifications of it. */
  get isQuiet() {
    return Boolean(this.about.muted_until) && Date.parse(this.about.muted_until) > Date.now();
  }

  async loadParticipants() {
    const all = await api.get(`/conversations/${this.id}/participants`);
    this.participants = new Map(all.map(each => [each.user_id, each]));
    this.about.participant_count = all.length;
    this.#draw();
  }

  /** Loads the newest page. What is told meanwhile is taken in after it. */
  load() {
    this.#loading ??= this.#loadNewest().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #loadNewest() {
    let page;
    this.loadPins();
    do {
      this.#told = [];
      [page] = await Promise.all([api.get(`/conversations/${this.id}/messages?limit=${PAGE}`), this.loadParticipants()]);
    } while (this.#told.some(({ type }) => type === 'reaction')); // which are counts, so not to be counted twice
    this.messages = page;
    this.more = page.length === PAGE;
    this.loaded = true;
    this.isDetached = false;
    this.#noteOwn(page);
    this.waiting = this.waiting.filter(each => !page.some(message => message.client_id === each.client_id));
    const told = this.#told;
    this.#told = [];
    told.forEach(each => this.#apply(each.type, each.payload));
    this.#draw();
  }

  async loadOlder() {
    if (!this.loaded || !this.more || this.#loading) return;
    this.#loading = (async () => {
      const page = await api.get(`/conversations/${this.id}/messages?limit=${PAGE}&before_id=${this.messages[0]?.id ?? ''}`);
      this.more = page.length === PAGE;
      this.messages = [...page.filter(each => !this.find(each.id)), ...this.messages];
    })().finally(() => {
      this.#loading = null;
      this.#told.splice(0).forEach(each => this.#apply(each.type, each.payload));
      this.#draw();
    });
    await this.#loading;
  }

  /** Loads what stands around a message: what is between it and the newest, if that is not much. */
  async loadAround(id) {
    await this.#loading;
    if (!this.loaded) await this.load();
    if (this.find(id)) return;
    this.#loading = this.#loadBack(id).finally(() => (this.#loading = null));
    await this.#loading;
  }

  async #loadBack(id) {
    const loaded = this.isDetached ? [] : [...this.messages];
    let more = loaded.length > 0;
    while (more && loaded[0].id > id && loaded.length < NEAR) {
      const page = await this.#before(loaded[0].id, LARGEST_PAGE);
      loaded.unshift(...page);
      more = page.length === LARGEST_PAGE;
    }
    const isNear = loaded[0]?.id <= id;
    this.messages = isNear ? loaded : await this.#before(id + 1, PAGE);
    this.more = isNear ? more : this.messages.length === PAGE;
    this.isDetached = !isNear;
    this.#told.splice(0).forEach(each => this.#apply(each.type, each.payload));
  }

  #before(id, limit) {
    return api.get(`/conversations/${this.id}/messages?limit=${limit}&before_id=${id}`);
  }

  async loadPins() {
    try {
      this.pins = await api.get(`/conversations/${this.id}/pins`);
      this.#draw();
    } catch {
      // they come with the next change
    }
  }

  find(id) {
    return this.messages.find(each => each.id === id);
  }

  /** Takes in what the topic told. */
  hear(type, payload) {
    this.thread?.hear(type, payload);
    if (this.#loading || !this.loaded) this.#told.push({ type, payload });
    else this.#apply(type, payload);
    this.#draw();
  }

  #apply(type, word) {
    const person = this.participants.get(word.user_id);
    switch (type) {
      case 'message':
        this.#put(word.message);
        break;
      case 'message_edited':
        this.#put(word.message, true);
        break;
      case 'message_deleted':
        this.#remove([word.message_id]);
        break;
      case 'messages_removed':
        this.#remove(word.message_ids);
        break;
      case 'pin':
        this.loadPins();
        break;
      case 'reaction':
        react(this.messages, word, this.me);
        break;
      case 'read_receipt':
        if (person) person.last_read_sequence = Math.max(person.last_read_sequence, word.sequence);
        break;
      case 'participant_changed':
        if (person) Object.assign(person, { is_muted: word.is_muted, muted_until: word.muted_until ?? null, is_owner: word.role === 'owner', role: word.role === 'member' ? 'member' : 'admin' });
        break;
      case 'user_joined':
      case 'user_left':
        this.loadParticipants().catch(() => {}); // whoever left oneself cannot
        break;
      case 'conversation_changed':
        this.take(word.conversation);
        break;
    }
  }

  /** Takes in what this user has said, and the server has confirmed. */
  confirm(message) {
    this.thread?.hear('message', { message });
    this.#put(message);
  }

  #put(message, onlyIfKnown = false) {
    this.waiting = this.waiting.filter(each => each.client_id !== message.client_id || message.user_id !== this.me.id);
    if (!onlyIfKnown) this.#noteOwn([message]);
    const isKnown = this.find(message.id) !== undefined;
    if (!isKnown && (onlyIfKnown || this.isDetached)) return;
    put(this.messages, message);
    const author = isKnown ? null : this.participants.get(message.user_id);
    if (author) author.last_read_sequence = Math.max(author.last_read_sequence, message.sequence);
  }

  #noteOwn(messages) {
    for (const each of messages) if (each.user_id === this.me.id) this.saidAt = Math.max(this.saidAt, Date.parse(each.created_at));
  }

  #remove(ids) {
    this.messages = this.messages.filter(each => !ids.includes(each.id));
    if (this.pins.some(({ message }) => ids.includes(message.id))) this.pins = this.pins.filter(({ message }) => !ids.includes(message.id));
  }

  /** Those besides the author who have read a message. */
  readersOf(message) {
    return [...this.participants.values()].filter(each => each.user_id !== message.user_id && each.last_read_sequence >= message.sequence);
  }
}
