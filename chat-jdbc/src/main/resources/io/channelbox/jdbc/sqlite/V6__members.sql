-- A forwarded message says what it repeats. The original may be of any conversation, and may be gone.
ALTER TABLE chat_conversation_message ADD COLUMN forwarded_from_id INTEGER;

ALTER TABLE chat_conversation_message ADD COLUMN forwarded_from_name TEXT
CHECK ((forwarded_from_id IS NULL) = (forwarded_from_name IS NULL));

-- Whom a message mentions; everyone is ''. The sequence is that of the message: what is unread is counted by it.
CREATE TABLE chat_conversation_mention (
    message_id      INTEGER NOT NULL REFERENCES chat_conversation_message (id),
    user_id         TEXT    NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES chat_conversation (id),
    sequence        INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
) WITHOUT ROWID;

CREATE INDEX chat_conversation_mention_unread ON chat_conversation_mention (conversation_id, user_id, sequence);

CREATE INDEX chat_conversation_participant_name ON chat_conversation_participant (conversation_id, username, id);
