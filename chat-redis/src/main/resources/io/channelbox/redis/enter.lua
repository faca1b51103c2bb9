-- Counts a connection, unless there are as many. KEYS: and the counts of the user. ARGV: the node, how many there may be
local counts, node, most = KEYS[3], ARGV[1], tonumber(ARGV[2])
local own, all = 0, 0
local known = redis.call('HGETALL', counts)
for i = 1, #known, 2 do
  local since, connections = string.match(known[i + 1], '^(%d*) (%d+)$')
  if since == term(known[i]) and (known[i] == node or lives(known[i])) then
    all = all + connections
    own = known[i] == node and tonumber(connections) or own
  else
    redis.call('HDEL', counts, known[i])
  end
end
if all >= most then
  return {0}
end
redis.call('HSET', counts, node, term(node) .. ' ' .. (own + 1))
redis.call('PEXPIRE', counts, 86400000)
return {1}
