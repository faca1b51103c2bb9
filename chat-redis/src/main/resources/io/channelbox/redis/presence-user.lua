-- What every script of one user begins with. KEYS: the groups they are in, each with a token, and without a name what they have said
local groups = KEYS[1]

local function said()
  local stamp, status, text = '0', 'online', ''
  local found = redis.call('HGET', groups, '')
  if found then stamp, status, text = found:match('^(%d+) (%w+) (.*)$') end
  return stamp, status, text
end

local function count() return redis.call('HLEN', groups) - redis.call('HEXISTS', groups, '') end
