-- The ids of each kind.
CREATE SEQUENCE chat_conversation_id;

CREATE SEQUENCE chat_participant_id;

CREATE SEQUENCE chat_message_id;

-- Times are nanoseconds since 1970.
CREATE TABLE chat_conversation (
    id                BIGINT  PRIMARY KEY,
    user_id           TEXT    NOT NULL, -- who began it
    conversation_type TEXT    NOT NULL CHECK (conversation_type IN ('direct', 'group')),
    name              TEXT,
    description       TEXT,
    avatar_url        TEXT,
    visibility        TEXT    NOT NULL CHECK (visibility IN ('private', 'public')),
    category          TEXT,
    is_active         BOOLEAN NOT NULL,
    created_at        BIGINT  NOT NULL,
    updated_at        BIGINT  NOT NULL,
    last_message_at   BIGINT  NOT NULL, -- created_at before the first message
    last_sequence     BIGINT  NOT NULL CHECK (last_sequence >= 0),
    participant_count INTEGER NOT NULL DEFAULT 0 CHECK (participant_count >= 0),
    direct_first      TEXT,             -- the pair of a direct conversation
    direct_second     TEXT,
    UNIQUE (direct_first, direct_second),
    CHECK ((conversation_type = 'direct') = (direct_first IS NOT NULL)),
    CHECK ((direct_first IS NULL) = (direct_second IS NULL)),
    CHECK (direct_first <> direct_second)
) WITH (fillfactor = 50);               -- a row is written with every message, so leave room beside it

CREATE INDEX chat_conversation_public ON chat_conversation (visibility, id)
WHERE visibility = 'public' AND is_active;

CREATE INDEX chat_conversation_category ON chat_conversation (category, id)
WHERE visibility = 'public' AND is_active;

CREATE TABLE chat_conversation_participant (
    id                 BIGINT  NOT NULL UNIQUE, -- larger than those of who came before
    user_id            TEXT    NOT NULL,
    conversation_id    BIGINT  NOT NULL REFERENCES chat_conversation (id),
    username           TEXT    NOT NULL,
    user_avatar        TEXT,
    role               TEXT    NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    is_muted           BOOLEAN NOT NULL,
    joined_at          BIGINT  NOT NULL,
    last_read_at       BIGINT,
    last_read_sequence BIGINT  NOT NULL CHECK (last_read_sequence >= 0),
    PRIMARY KEY (user_id, conversation_id)
) WITH (fillfactor = 50);                       -- a row is written with every message its user says or reads

CREATE INDEX chat_conversation_participant_order ON chat_conversation_participant (conversation_id, id);

CREATE TABLE chat_conversation_message (
    id              BIGINT  NOT NULL UNIQUE, -- within a conversation in the order of the sequence
    conversation_id BIGINT  NOT NULL REFERENCES chat_conversation (id),
    sequence        BIGINT  NOT NULL CHECK (sequence >= 1),
    user_id         TEXT    NOT NULL,
    username        TEXT    NOT NULL,
    user_avatar     TEXT,
    message_type    TEXT    NOT NULL CHECK (message_type IN ('text', 'image', 'file', 'system')),
    content         TEXT    NOT NULL,
    reply_to_id     BIGINT,
    thread_id       BIGINT,
    created_at      BIGINT  NOT NULL,
    edited_at       BIGINT,
    deleted_at      BIGINT,
    is_edited       BOOLEAN GENERATED ALWAYS AS (edited_at IS NOT NULL) STORED,
    is_deleted      BOOLEAN GENERATED ALWAYS AS (deleted_at IS NOT NULL) STORED,
    client_id       TEXT,
    PRIMARY KEY (conversation_id, id),
    UNIQUE (conversation_id, sequence),
    FOREIGN KEY (conversation_id, reply_to_id) REFERENCES chat_conversation_message (conversation_id, id),
    FOREIGN KEY (conversation_id, thread_id) REFERENCES chat_conversation_message (conversation_id, id)
);

CREATE UNIQUE INDEX chat_conversation_message_client ON chat_conversation_message (conversation_id, user_id, client_id)
WHERE client_id IS NOT NULL;

CREATE INDEX chat_conversation_message_thread ON chat_conversation_message (thread_id, id)
WHERE thread_id IS NOT NULL;

-- What is unread is counted by numbers, without those that are deleted: so only these are counted.
CREATE INDEX chat_conversation_message_deleted ON chat_conversation_message (conversation_id, sequence)
WHERE deleted_at IS NOT NULL;

CREATE TABLE chat_conversation_attachment (
    message_id   BIGINT  NOT NULL REFERENCES chat_conversation_message (id),
    place        INTEGER NOT NULL,
    url          TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    size         BIGINT  NOT NULL CHECK (size >= 0),
    PRIMARY KEY (message_id, place)
);

CREATE TABLE chat_conversation_reaction (
    message_id BIGINT  NOT NULL REFERENCES chat_conversation_message (id),
    emoji      TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    place      INTEGER NOT NULL, -- of all to the message, in the order in which they came
    PRIMARY KEY (message_id, emoji, user_id)
);

CREATE TABLE chat_block (
    user_id    TEXT NOT NULL,
    blocked_id TEXT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
);
