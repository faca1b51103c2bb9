-- Forgets that a node has somebody in a group, unless one came since. KEYS: the groups of the node. ARGV: group, how often one came
local joins = redis.call('ZSCORE', KEYS[1], ARGV[1])
if joins and tonumber(joins) == tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
return {}
