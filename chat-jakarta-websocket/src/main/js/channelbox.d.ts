/** The client of ChannelBox's topics, for browsers and Node. */

/** How far a topic was heard. */
export interface Position {
  epoch: string;
  offset: number;
}

export interface Options {
  /**
   * The credential, or where to get one: asked before every connection. `refused` says that the last one did not hold. Left out,
   * cookies decide.
   */
  token?: string | null | ((about: { refused: boolean }) => string | null | undefined | Promise<string | null | undefined>);
  /** Where the token goes: `?token=` (default), or the subprotocol `bearer.…`. */
  tokenIn?: 'query' | 'subprotocol';
  /** The subprotocols to offer after `channelbox.v1`. */
  protocols?: string[];
  /** The field that names a frame's type; `type`. */
  type?: string;
  /** The field that holds the message; `payload`. Null: its fields stand beside the type. */
  payload?: string | null;
  /** Milliseconds of the first delay, which doubles up to `maxDelay`; drawn at random from 0 up to it. 500. */
  baseDelay?: number;
  /** 30,000. */
  maxDelay?: number;
  /** How long an attempt may take, token included. 15,000. */
  connectTimeout?: number;
  /** After so long a silence the server is asked for a sign of life. 20,000. */
  heartbeat?: number;
  /** And so long it has to give one. 10,000. */
  patience?: number;
  /** How many messages may wait for their confirmation. 1,000. */
  queueCount?: number;
  /** How many bytes of them. 1 MiB. */
  queueBytes?: number;
  /** The largest frame, in bytes; servers read 64 KiB unless told otherwise. */
  largest?: number;
  /** After so long without an answer on a living connection a message is sent again. 15,000. */
  answerTimeout?: number;
  /** How long after its first sending a message may be sent again; servers know its key for five minutes. 270,000. */
  retryFor?: number;
  /** Whether to tell how far was heard, in every topic; where the server asks for it. */
  receipts?: boolean;
  /** The WebSocket to use, where there is no global one. */
  WebSocket?: new (url: string, protocols?: string[]) => unknown;
  /** For tests. */
  random?: () => number;
  now?: () => number;
  setTimeout?: (task: () => void, delay: number) => unknown;
  clearTimeout?: (timer: any) => void;
  window?: unknown;
}

export type State = 'connecting' | 'open' | 'waiting' | 'offline' | 'closed';

export interface StateChange {
  state: State;
  /** The close code, 1006 where there was none, 0 where a connection could not even be tried. */
  code?: number;
  reason?: string;
  /** In how many milliseconds the next attempt begins. */
  retryIn?: number;
}

export interface ChatEvents {
  state: [change: StateChange];
  /** A frame without a topic. */
  message: [payload: any, about: { type: string }];
}

/** One connection that comes back by itself, and the topics it carries. */
export class ChannelBox {
  /** Begins to connect as soon as the code that runs has ended. A path is one of the page's host. */
  constructor(url: string | URL, options?: Options);
  readonly state: State;
  /** Registers a handler, and returns what takes it off again. */
  on<E extends keyof ChatEvents>(event: E, handler: (...args: ChatEvents[E]) => unknown): () => void;
  off<E extends keyof ChatEvents>(event: E, handler: (...args: ChatEvents[E]) => unknown): void;
  /** Subscribes, now and after every interruption. The same name gives the same topic until it is left. */
  topic<Heard extends object = Record<string, any>, Said extends object = Record<string, any>>(
    name: string,
    options?: TopicOptions,
  ): Topic<Heard, Said>;
  /** Ends the connection. What was not confirmed is rejected with `closed`. */
  close(): void;
  /** Connects again after `closed`; topics go on where they were. */
  connect(): void;
}

export interface TopicOptions {
  /** So many of the newest messages to begin with, 1 to 1,000. */
  last?: number;
  /** Begin after this instead: the `position` of an earlier page. */
  position?: Position;
  receipts?: boolean;
}

export interface Member {
  id: string;
  name: string;
  status: 'online' | 'away' | 'busy' | 'offline';
  text?: string;
  since?: string;
  devices?: number;
}

export interface Typer {
  user: string;
  name: string;
}

export interface Lost {
  from?: Position;
  to?: Position;
  cause: 'epoch' | 'trimmed' | 'unknown' | string;
}

export interface About<T = string> {
  type: T;
  /** Its number in the topic, when it is kept. */
  seq?: number;
  /** Whether this user said it, and on this connection; where the server tells. */
  mine?: boolean;
  current?: boolean;
  topic: string;
}

/** What happens to a topic, besides messages. */
export interface TopicEvents {
  subscribed: [about: { recovered: boolean; position: Position | null }];
  unsubscribed: [];
  lost: [lost: Lost];
  error: [error: ChatError];
  presence: [
    change: {
      joins: Member[];
      leaves: string[];
      updates: Member[];
      members: Member[];
      users: number;
      channels: number;
      reduced: boolean;
    },
  ];
  typing: [change: { user: string; name: string; typing: boolean; typers: Typer[] }];
}

/**
 * What is heard and said in one topic. `Heard` and `Said` name the payloads by their types:
 * `chat.topic<{ said: { text: string } }, { say: { text: string } }>('room:lobby')`.
 */
export interface Topic<Heard extends object = Record<string, any>, Said extends object = Record<string, any>> {
  readonly name: string;
  readonly state: 'waiting' | 'subscribing' | 'subscribed' | 'refused' | 'ended' | 'left';
  readonly position: Position | null;
  readonly members: Member[];
  readonly users: number;
  readonly channels: number;
  readonly typers: Typer[];
  /** Registers a handler of what happens to the topic, of messages of one type, or of all with `*`. Returns what takes it off again. */
  on<E extends keyof TopicEvents>(event: E, handler: (...args: TopicEvents[E]) => unknown): () => void;
  on(type: '*', handler: (payload: Heard[keyof Heard], about: About<keyof Heard>) => unknown): () => void;
  on<T extends Exclude<keyof Heard, keyof TopicEvents>>(
    type: T,
    handler: (payload: Heard[T], about: About<T>) => unknown,
  ): () => void;
  off(type: string, handler: (...args: any[]) => unknown): void;
  /** Says something, once, however often the connection breaks. Rejects with a {@link ChatError}. */
  publish<T extends keyof Said>(type: T, payload?: Said[T], options?: PublishOptions): Promise<Published>;
  status(status: 'online' | 'away' | 'busy', text?: string): void;
  typing(typing?: boolean): void;
  leave(): void;
}

export interface PublishOptions {
  /** Milliseconds until it is rejected with `timeout`, wherever it is then. */
  timeout?: number;
  /** The message's own id, where it outlives the page. */
  key?: string;
}

export interface Published {
  id?: string;
  position?: Position;
  /** What the application answered instead. */
  reply?: { type: string; payload: any };
}

/** Why something was not done. */
export class ChatError extends Error {
  constructor(reason: string, detail?: string, errors?: FieldError[]);
  /**
   * Stable. The client's own: `queue_full`, `too_big`, `timeout`, `unconfirmed`, `failed`, `closed`, `left`, `not_subscribed`. All
   * others are the server's.
   */
  readonly reason: string;
  readonly detail: string;
  readonly errors: FieldError[];
}

/** What is wrong with a message, and where. */
export type FieldError = Record<string, any>;
