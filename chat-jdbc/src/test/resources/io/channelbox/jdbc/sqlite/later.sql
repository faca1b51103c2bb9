-- What a later version might bring.
ALTER TABLE chat_stream ADD COLUMN topic TEXT;

UPDATE chat_stream SET topic = 'none';
