-- When somebody was last here.
CREATE TABLE chat_seen (
    user_id TEXT    NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What somebody has done, to export and erase it.
CREATE INDEX chat_conversation_pin_user ON chat_conversation_pin (user_id, message_id);

CREATE INDEX chat_conversation_invitation_user ON chat_conversation_invitation (user_id, id);

CREATE INDEX chat_conversation_report_user ON chat_conversation_report (user_id, id);
