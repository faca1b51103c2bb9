-- The largest id of each kind that was ever given.
CREATE TABLE chat_id (
    kind TEXT    NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO chat_id (kind, last) VALUES ('conversation', 0), ('participant', 0), ('message', 0);

-- Times are nanoseconds since 1970.
CREATE TABLE chat_conversation (
    id                INTEGER PRIMARY KEY,
    user_id           TEXT    NOT NULL, -- who began it
    conversation_type TEXT    NOT NULL CHECK (conversation_type IN ('direct', 'group')),
    name              TEXT,
    description       TEXT,
    avatar_url        TEXT,
    visibility        TEXT    NOT NULL CHECK (visibility IN ('private', 'public')),
    category          TEXT,
    is_active         BOOLEAN NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    last_message_at   INTEGER NOT NULL, -- created_at before the first message
    last_sequence     INTEGER NOT NULL CHECK (last_sequence >= 0),
    participant_count INTEGER NOT NULL DEFAULT 0 CHECK (participant_count >= 0),
    direct_first      TEXT,             -- the pair of a direct conversation
    direct_second     TEXT,
    UNIQUE (direct_first, direct_second),
    CHECK ((conversation_type = 'direct') = (direct_first IS NOT NULL)),
    CHECK ((direct_first IS NULL) = (direct_second IS NULL)),
    CHECK (direct_first <> direct_second)
);

CREATE INDEX chat_conversation_public ON chat_conversation (visibility, id)
WHERE visibility = 'public' AND is_active;

CREATE INDEX chat_conversation_category ON chat_conversation (category, id)
WHERE visibility = 'public' AND is_active;

-- Kept in the order of the list of each user.
CREATE TABLE chat_conversation_participant (
    id                 INTEGER NOT NULL UNIQUE, -- larger than those of who came before
    user_id            TEXT    NOT NULL,
    conversation_id    INTEGER NOT NULL REFERENCES chat_conversation (id),
    username           TEXT    NOT NULL,
    user_avatar        TEXT,
    role               TEXT    NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    is_muted           BOOLEAN NOT NULL,
    joined_at          INTEGER NOT NULL,
    last_read_at       INTEGER,
    last_read_sequence INTEGER NOT NULL CHECK (last_read_sequence >= 0),
    PRIMARY KEY (user_id, conversation_id)
) WITHOUT ROWID;

CREATE INDEX chat_conversation_participant_order ON chat_conversation_participant (conversation_id, id);

-- Kept in the order of each conversation.
CREATE TABLE chat_conversation_message (
    id              INTEGER NOT NULL UNIQUE, -- within a conversation in the order of the sequence
    conversation_id INTEGER NOT NULL REFERENCES chat_conversation (id),
    sequence        INTEGER NOT NULL CHECK (sequence >= 1),
    user_id         TEXT    NOT NULL,
    username        TEXT    NOT NULL,
    user_avatar     TEXT,
    message_type    TEXT    NOT NULL CHECK (message_type IN ('text', 'image', 'file', 'system')),
    content         TEXT    NOT NULL,
    reply_to_id     INTEGER,
    thread_id       INTEGER,
    created_at      INTEGER NOT NULL,
    edited_at       INTEGER,
    deleted_at      INTEGER,
    is_edited       BOOLEAN GENERATED ALWAYS AS (edited_at IS NOT NULL) VIRTUAL,
    is_deleted      BOOLEAN GENERATED ALWAYS AS (deleted_at IS NOT NULL) VIRTUAL,
    client_id       TEXT,
    PRIMARY KEY (conversation_id, id),
    UNIQUE (conversation_id, sequence),
    FOREIGN KEY (conversation_id, reply_to_id) REFERENCES chat_conversation_message (conversation_id, id),
    FOREIGN KEY (conversation_id, thread_id) REFERENCES chat_conversation_message (conversation_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX chat_conversation_message_client ON chat_conversation_message (conversation_id, user_id, client_id)
WHERE client_id IS NOT NULL;

CREATE INDEX chat_conversation_message_thread ON chat_conversation_message (thread_id, id)
WHERE thread_id IS NOT NULL;

-- What is unread is counted by numbers, without those that are deleted: so only these are counted.
CREATE INDEX chat_conversation_message_deleted ON chat_conversation_message (conversation_id, sequence)
WHERE deleted_at IS NOT NULL;

CREATE TABLE chat_conversation_attachment (
    message_id   INTEGER NOT NULL REFERENCES chat_conversation_message (id),
    place        INTEGER NOT NULL,
    url          TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    size         INTEGER NOT NULL CHECK (size >= 0),
    PRIMARY KEY (message_id, place)
) WITHOUT ROWID;

CREATE TABLE chat_conversation_reaction (
    message_id INTEGER NOT NULL REFERENCES chat_conversation_message (id),
    emoji      TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    place      INTEGER NOT NULL, -- of all to the message, in the order in which they came
    PRIMARY KEY (message_id, emoji, user_id)
) WITHOUT ROWID;

CREATE TABLE chat_block (
    user_id    TEXT NOT NULL,
    blocked_id TEXT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) WITHOUT ROWID;
