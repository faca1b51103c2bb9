-- A forwarded message says what it repeats. The original may be of any conversation, and may be gone.
ALTER TABLE chat_conversation_message ADD COLUMN forwarded_from_id BIGINT;

ALTER TABLE chat_conversation_message ADD COLUMN forwarded_from_name TEXT
CHECK ((forwarded_from_id IS NULL) = (forwarded_from_name IS NULL));

-- Whom a message mentions; everyone is ''. The sequence is that of the message: what is unread is counted by it.
CREATE TABLE chat_conversation_mention (
    message_id      BIGINT NOT NULL REFERENCES chat_conversation_message (id),
    user_id         TEXT   NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES chat_conversation (id),
    sequence        BIGINT NOT NULL,
    PRIMARY KEY (message_id, user_id)
);

CREATE INDEX chat_conversation_mention_unread ON chat_conversation_mention (conversation_id, user_id, sequence);

CREATE INDEX chat_conversation_participant_name ON chat_conversation_participant (conversation_id, username, id);

-- Messages that are kept at hand.
CREATE TABLE chat_conversation_pin (
    message_id      BIGINT PRIMARY KEY,
    conversation_id BIGINT NOT NULL,
    user_id         TEXT   NOT NULL, -- who has pinned it
    pinned_at       BIGINT NOT NULL,
    FOREIGN KEY (conversation_id, message_id) REFERENCES chat_conversation_message (conversation_id, id)
);

CREATE INDEX chat_conversation_pin_order ON chat_conversation_pin (conversation_id, pinned_at, message_id);

-- What somebody has set for themselves about a conversation that they are in.
CREATE TABLE chat_conversation_setting (
    user_id           TEXT   NOT NULL,
    conversation_id   BIGINT NOT NULL,
    quiet_until       BIGINT,
    archived_sequence BIGINT, -- the newest message when they archived it
    PRIMARY KEY (user_id, conversation_id),
    FOREIGN KEY (user_id, conversation_id)
        REFERENCES chat_conversation_participant (user_id, conversation_id) ON DELETE CASCADE
);

CREATE SEQUENCE chat_invitation_id;

CREATE TABLE chat_conversation_invitation (
    id              BIGINT PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES chat_conversation (id),
    user_id         TEXT   NOT NULL, -- who has made it
    created_at      BIGINT NOT NULL,
    ends_at         BIGINT,
    uses            BIGINT CHECK (uses >= 1),
    used            BIGINT NOT NULL CHECK (used >= 0),
    token_hash      TEXT   NOT NULL UNIQUE,
    CHECK (used <= uses)
);

CREATE INDEX chat_conversation_invitation_order ON chat_conversation_invitation (conversation_id, id);

-- Who may join a group by themselves.
CREATE TABLE chat_conversation_allowed (
    id              BIGINT NOT NULL UNIQUE, -- larger than those of who was allowed before
    user_id         TEXT   NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES chat_conversation (id),
    allowed_by      TEXT   NOT NULL,
    allowed_at      BIGINT NOT NULL,
    PRIMARY KEY (user_id, conversation_id)
);

CREATE INDEX chat_conversation_allowed_order ON chat_conversation_allowed (conversation_id, id);
