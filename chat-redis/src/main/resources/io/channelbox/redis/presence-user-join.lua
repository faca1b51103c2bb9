-- Notes that the user is in a group. ARGV: group, token. Returns what they have said
local known = redis.call('HGET', groups, ARGV[1])
if not known or tonumber(known) < tonumber(ARGV[2]) then redis.call('HSET', groups, ARGV[1], ARGV[2]) end
return {said()}
