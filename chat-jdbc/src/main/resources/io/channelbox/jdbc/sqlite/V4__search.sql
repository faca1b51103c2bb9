-- What messages can be found by, under their ids: a token for each gram, g and its number, and one for the conversation, c and its id.
-- Deleted messages are not there. The texts themselves are not kept a second time.
CREATE VIRTUAL TABLE chat_conversation_search
USING fts5(tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

CREATE TRIGGER chat_conversation_search_gone AFTER DELETE ON chat_conversation_message BEGIN
    DELETE FROM chat_conversation_search WHERE rowid = OLD.id;
END;
