-- What somebody said, and who did when: to export and erase, and to count.
CREATE INDEX chat_conversation_message_author ON chat_conversation_message (user_id, id);

CREATE INDEX chat_conversation_message_time ON chat_conversation_message (conversation_id, created_at, user_id);

CREATE INDEX chat_conversation_message_day ON chat_conversation_message (created_at, user_id);

-- Whether a message is answered: such a one cannot be taken away.
CREATE INDEX chat_conversation_message_reply ON chat_conversation_message (reply_to_id)
WHERE reply_to_id IS NOT NULL;

CREATE INDEX chat_conversation_message_forwarded ON chat_conversation_message (forwarded_from_id)
WHERE forwarded_from_id IS NOT NULL;

CREATE INDEX chat_conversation_mention_user ON chat_conversation_mention (user_id);

CREATE INDEX chat_conversation_reaction_user ON chat_conversation_reaction (user_id, message_id, emoji);

CREATE INDEX chat_conversation_creator ON chat_conversation (user_id, is_active);

CREATE INDEX chat_conversation_direct_second ON chat_conversation (direct_second)
WHERE direct_second IS NOT NULL;

CREATE INDEX chat_block_blocked ON chat_block (blocked_id);
