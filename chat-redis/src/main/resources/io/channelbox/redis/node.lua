-- What every script of nodes begins with. KEYS: until when each is believed, since which term
local believed, terms = KEYS[1], KEYS[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function lives(node)
  local until_then = redis.call('ZSCORE', believed, node)
  return until_then and tonumber(until_then) > now
end

-- What a node counts holds for one term: it begins with the first word of it, and again after a silence.
local function term(node)
  return redis.call('HGET', terms, node) or ''
end
