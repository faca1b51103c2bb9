-- Gives a stream another epoch, if it still has this one. KEYS: what is known of it. ARGV: the present one, the next one
if redis.call('HGET', KEYS[1], 'e') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'e', ARGV[2])
end
return {}
