-- Notes that the user is not in a group any more, unless they came again. ARGV: group, token
local known = redis.call('HGET', groups, ARGV[1])
if known and tonumber(known) <= tonumber(ARGV[2]) then redis.call('HDEL', groups, ARGV[1]) end
if count() == 0 then redis.call('DEL', groups) end
return {}
