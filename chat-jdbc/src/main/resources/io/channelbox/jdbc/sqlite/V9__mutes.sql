-- Who had no voice in a conversation when they went, for when they come back.
CREATE TABLE chat_conversation_mute (
    conversation_id INTEGER NOT NULL REFERENCES chat_conversation (id),
    user_id         TEXT    NOT NULL,
    muted_until     INTEGER,
    PRIMARY KEY (conversation_id, user_id)
) WITHOUT ROWID;
