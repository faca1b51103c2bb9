-- Believes a node for a while, and returns whether it was believed before. KEYS: and who claimed whom. ARGV: the node, for how long
local node, month = ARGV[1], 2592000000
local known = lives(node)
redis.call('ZADD', believed, now + ARGV[2], node)
if not known then
  redis.call('HSET', terms, node, redis.call('HINCRBY', terms, '', 1))
  redis.call('ZREM', KEYS[3], node)
end
redis.call('PEXPIRE', believed, month)
redis.call('PEXPIRE', terms, month)
return {known and 1 or 0}
