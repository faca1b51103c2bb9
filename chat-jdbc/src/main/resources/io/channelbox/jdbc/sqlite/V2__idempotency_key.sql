-- The name the speaker gave to saying this, by which a repetition is known. NULL when there was none.
ALTER TABLE chat_message ADD COLUMN idempotency_key TEXT;
