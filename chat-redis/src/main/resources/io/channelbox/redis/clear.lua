-- Forgets what is kept of a stream, and not how far it had come. KEYS: the stream, what is known of it
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[2], 'b', 0)
end
return {}
