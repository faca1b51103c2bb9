-- What messages can be found by. Deleted messages are not there. The index is made when the messages from before are.
CREATE TABLE chat_conversation_search (
    message_id BIGINT    PRIMARY KEY REFERENCES chat_conversation_message (id) ON DELETE CASCADE,
    places     BIGINT[]  NOT NULL, -- the conversation, and the ranges of ids in which the message is, as negative numbers
    grams      INTEGER[] NOT NULL
);
