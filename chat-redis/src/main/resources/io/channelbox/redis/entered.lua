-- Sets the counts of a node. KEYS: and the counts of each user. ARGV: the node, the number of each
for i = 3, #KEYS do
  if tonumber(ARGV[i - 1]) > 0 then
    redis.call('HSET', KEYS[i], ARGV[1], term(ARGV[1]) .. ' ' .. ARGV[i - 1])
    redis.call('PEXPIRE', KEYS[i], 86400000)
  else
    redis.call('HDEL', KEYS[i], ARGV[1])
  end
end
return {}
