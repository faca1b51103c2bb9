-- What every script of who is in a group begins with. KEYS: the users, the names they have, how many devices each node has there, and
-- by a slash, which is in no node's name, when anything changed last.
-- A user is a byte for the version, then texts with their lengths before them: first about the user, then one for each device.
local who, names, nodes = KEYS[1], KEYS[2], KEYS[3]
local CAME, TOKEN, STAMP, STATUS, TEXT = 1, 2, 3, 4, 5
local CHANNEL, NODE, REF, NAME, FOLDED, SINCE, ACTIVE, LEFT = 1, 2, 3, 4, 5, 6, 7, 8

local function split(text, from)
  local parts, at, part = {}, from, nil
  while at <= #text do
    part, at = struct.unpack('>I4c0', text, at)
    parts[#parts + 1] = part
  end
  return parts
end

local function join(parts)
  local out = {}
  for i, part in ipairs(parts) do out[i] = struct.pack('>I4c0', #part, part) end
  return table.concat(out)
end

local function parse(text)
  local user = {about = {}, devices = {}}
  for i, part in ipairs(split(text, 2)) do
    local fields = split(part, 1)
    if i == 1 then user.about = fields else user.devices[i - 1] = fields end
  end
  return user
end

-- What others have written is as good as nothing.
local function read(id)
  local text = redis.call('HGET', who, id)
  if text and text:byte(1) == 1 then
    local whole, user = pcall(parse, text)
    if whole and #user.about >= TEXT then return user end
  end
  return {about = {'0', '0', '0', 'online', ''}, devices = {}}
end

local function micros()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local function number(value) return string.format('%.0f', value) end
local function node_of(device) return device[NODE]:match('^[^/]*') end
local function named(folded) return struct.pack('>I4c0', #folded, folded) end

-- Counts by a key before and after.
local function change(before, after, key)
  local by = {}
  for _, device in ipairs(before) do by[key(device)] = (by[key(device)] or 0) - 1 end
  for _, device in ipairs(after) do by[key(device)] = (by[key(device)] or 0) + 1 end
  return by
end

-- Adds the names that a user has now, and takes away those they have no more.
local function save_names(id, before, after)
  local had, has = {}, {}
  for _, device in ipairs(before) do had[device[FOLDED]] = true end
  for _, device in ipairs(after) do has[device[FOLDED]] = true end
  for folded in pairs(has) do
    if not had[folded] then redis.call('ZADD', names, 0, named(folded) .. id) end
  end
  for folded in pairs(had) do
    if not has[folded] then redis.call('ZREM', names, named(folded) .. id) end
  end
end

-- Replaces the devices of a user.
local function save(id, user, after)
  for node, by in pairs(change(user.devices, after, node_of)) do
    if by ~= 0 and redis.call('HINCRBY', nodes, node, by) <= 0 then redis.call('HDEL', nodes, node) end
  end
  save_names(id, user.devices, after)
  user.devices = after
  if #after == 0 then
    redis.call('HDEL', who, id)
    if redis.call('EXISTS', who) == 0 then redis.call('HDEL', nodes, '/') else redis.call('HSET', nodes, '/', number(micros())) end
  else
    local parts = {join(user.about)}
    for i, device in ipairs(after) do parts[i + 1] = join(device) end
    redis.call('HSET', who, id, '\1' .. join(parts))
    redis.call('HSET', nodes, '/', number(micros()))
  end
end

local function find(user, channel, node, ref)
  for i, device in ipairs(user.devices) do
    if device[CHANNEL] == channel and device[NODE] == node and device[REF] == ref then return i end
  end
end

local function without(devices, position)
  local rest = {}
  for i, device in ipairs(devices) do
    if i ~= position then rest[#rest + 1] = device end
  end
  return rest
end
