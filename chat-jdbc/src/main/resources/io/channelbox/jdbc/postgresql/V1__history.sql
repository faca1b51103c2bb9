-- A group and how much of it is kept: the messages from bottom to top, without holes. Times are nanoseconds since 1970.
CREATE TABLE chat_stream (
    id         BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    epoch      TEXT    NOT NULL,
    top        BIGINT  NOT NULL, -- the newest position ever given; 0 before the first
    bottom     BIGINT  NOT NULL, -- the oldest position that is kept; top + 1 when none is
    bytes      BIGINT  NOT NULL, -- of the kept payloads
    oldest_at  BIGINT  NOT NULL, -- when the message at bottom was sent
    max_count  INTEGER NOT NULL,
    max_bytes  BIGINT  NOT NULL,
    max_age    BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL  -- oldest_at + max_age; the largest number when nothing is kept
) WITH (fillfactor = 50);        -- a row is written with every save, so leave room beside it

CREATE INDEX chat_stream_expiry ON chat_stream (expires_at);

CREATE TABLE chat_message (
    stream_id  BIGINT  NOT NULL,
    position   BIGINT  NOT NULL,
    size       INTEGER NOT NULL,
    sent_at    BIGINT  NOT NULL,
    id         TEXT    NOT NULL,
    sender     TEXT,             -- NULL when the application itself spoke
    kind       TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    is_text    BOOLEAN NOT NULL,
    payload    BYTEA   NOT NULL,
    PRIMARY KEY (stream_id, position)
);
