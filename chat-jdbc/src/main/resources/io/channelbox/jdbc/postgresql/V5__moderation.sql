CREATE SEQUENCE chat_moderation_id;

-- Times are nanoseconds since 1970, and so are lengths.
ALTER TABLE chat_conversation
ADD COLUMN is_frozen BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE chat_conversation
ADD COLUMN slow_mode BIGINT NOT NULL DEFAULT 0 CHECK (slow_mode >= 0);

-- Who was muted before stays so until somebody gives them their voice.
ALTER TABLE chat_conversation_participant
ADD COLUMN muted_until BIGINT CHECK (muted_until IS NULL OR is_muted);

CREATE TABLE chat_conversation_ban (
    id              BIGINT  NOT NULL UNIQUE, -- larger than those of earlier ones in the conversation
    conversation_id BIGINT  NOT NULL REFERENCES chat_conversation (id),
    user_id         TEXT    NOT NULL,
    banned_by       TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    banned_until    BIGINT,
    PRIMARY KEY (conversation_id, user_id)
);

CREATE INDEX chat_conversation_ban_order ON chat_conversation_ban (conversation_id, id);

-- When somebody last said something in slow mode. It outlives their being there.
CREATE TABLE chat_conversation_last_said (
    conversation_id BIGINT  NOT NULL REFERENCES chat_conversation (id),
    user_id         TEXT    NOT NULL,
    said_at         BIGINT  NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);

CREATE TABLE chat_conversation_report (
    id              BIGINT  PRIMARY KEY,     -- larger than those of earlier ones in the conversation
    conversation_id BIGINT  NOT NULL,
    message_id      BIGINT  NOT NULL,
    author_id       TEXT    NOT NULL,
    author_role     TEXT    NOT NULL CHECK (author_role IN ('owner', 'admin', 'member')),
    content         TEXT    NOT NULL,
    user_id         TEXT    NOT NULL,        -- who reported it
    reason          TEXT    NOT NULL,
    report_text     TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('open', 'resolved', 'dismissed')),
    settled_by      TEXT,
    settled_at      BIGINT,
    UNIQUE (message_id, user_id),
    CHECK ((state = 'open') = (settled_by IS NULL)),
    CHECK ((state = 'open') = (settled_at IS NULL)),
    FOREIGN KEY (conversation_id, message_id) REFERENCES chat_conversation_message (conversation_id, id)
);

CREATE INDEX chat_conversation_report_open ON chat_conversation_report (conversation_id, id)
WHERE state = 'open';

CREATE INDEX chat_conversation_report_all_open ON chat_conversation_report (id)
WHERE state = 'open';

-- Only ever added to. It names messages and users that may be gone.
CREATE TABLE chat_conversation_audit (
    id              BIGINT  PRIMARY KEY,     -- larger than those of earlier ones in the conversation
    conversation_id BIGINT  NOT NULL REFERENCES chat_conversation (id),
    actor_id        TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    user_id         TEXT,                    -- to whom
    message_id      BIGINT,
    reason          TEXT    NOT NULL,
    ends_at         BIGINT,
    slow_mode       BIGINT  CHECK (slow_mode >= 0),
    created_at      BIGINT  NOT NULL
);

CREATE INDEX chat_conversation_audit_order ON chat_conversation_audit (conversation_id, id);
