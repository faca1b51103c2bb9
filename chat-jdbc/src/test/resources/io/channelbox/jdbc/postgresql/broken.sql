ALTER TABLE chat_stream ADD COLUMN topic TEXT;

UPDATE chat_stream SET nonsense = 'none';
