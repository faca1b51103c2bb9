-- Forgets a node. KEYS: and who claimed whom. ARGV: the node
redis.call('ZREM', believed, ARGV[1])
redis.call('HDEL', terms, ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return {}
