-- Counts a connection less. KEYS: and the counts of the user. ARGV: the node
local known = redis.call('HGET', KEYS[3], ARGV[1])
local since, connections = string.match(known or '', '^(%d*) (%d+)$')
if connections and tonumber(connections) > 1 and since == term(ARGV[1]) then
  redis.call('HSET', KEYS[3], ARGV[1], since .. ' ' .. (connections - 1))
else
  redis.call('HDEL', KEYS[3], ARGV[1])
end
return {}
