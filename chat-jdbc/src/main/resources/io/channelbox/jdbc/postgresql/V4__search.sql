-- What messages can be found by. Deleted messages are not there.
CREATE TABLE chat_conversation_search (
    message_id BIGINT    PRIMARY KEY REFERENCES chat_conversation_message (id) ON DELETE CASCADE,
    places     BIGINT[]  NOT NULL, -- the conversation, and the ranges of ids in which the message is, as negative numbers
    grams      INTEGER[] NOT NULL
);

-- Searches read what is not yet in its place in the index from one end to the other, so that there is little of it.
CREATE INDEX chat_conversation_search_index ON chat_conversation_search USING gin (grams, places)
WITH (gin_pending_list_limit = 256);
