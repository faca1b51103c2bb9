-- A group and how much of it is kept: the messages from bottom to top, without holes. Times are nanoseconds since 1970.
CREATE TABLE chat_stream (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    epoch      TEXT    NOT NULL,
    top        INTEGER NOT NULL, -- the newest position ever given; 0 before the first
    bottom     INTEGER NOT NULL, -- the oldest position that is kept; top + 1 when none is
    bytes      INTEGER NOT NULL, -- of the kept payloads
    oldest_at  INTEGER NOT NULL, -- when the message at bottom was sent
    max_count  INTEGER NOT NULL,
    max_bytes  INTEGER NOT NULL,
    max_age    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL  -- oldest_at + max_age; the largest number when nothing is kept
);

CREATE INDEX chat_stream_expiry ON chat_stream (expires_at);

CREATE TABLE chat_message (
    stream_id  INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    sent_at    INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    sender     TEXT,             -- NULL when the application itself spoke
    kind       TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    is_text    BOOLEAN NOT NULL,
    payload    BLOB    NOT NULL,
    PRIMARY KEY (stream_id, position)
) WITHOUT ROWID;
