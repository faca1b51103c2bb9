-- Sets the counts of a node. KEYS: and the counts of each user. ARGV: the node, whether this is all that it counts from here on, the number of each
local node = ARGV[1]
if ARGV[2] == '1' then
  redis.call('HSET', terms, node, redis.call('HINCRBY', terms, '', 1))
end
for i = 3, #KEYS do
  redis.call('HSET', KEYS[i], node, term(node) .. ' ' .. ARGV[i])
  redis.call('PEXPIRE', KEYS[i], 86400000)
end
return {}
