-- Passes bytes on from where the group's stream is, so in one order with it. KEYS: the stream. ARGV: the channel, the bytes
redis.call('PUBLISH', ARGV[1], ARGV[2])
return {}
