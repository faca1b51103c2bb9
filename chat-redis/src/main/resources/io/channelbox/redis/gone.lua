-- Returns the nodes that are believed no more, each to one caller for a while. KEYS: and who claimed whom. ARGV: for how long
local gone, week = {}, 604800000
for _, node in ipairs(redis.call('ZRANGEBYSCORE', believed, '-inf', now - week)) do -- nobody wants to know
  redis.call('ZREM', believed, node)
  redis.call('HDEL', terms, node)
  redis.call('ZREM', KEYS[3], node)
end
for _, node in ipairs(redis.call('ZRANGEBYSCORE', believed, '-inf', now)) do
  local claimed = redis.call('ZSCORE', KEYS[3], node)
  if not claimed or tonumber(claimed) <= now then
    redis.call('ZADD', KEYS[3], now + ARGV[1], node)
    gone[#gone + 1] = node
  end
end
return gone
