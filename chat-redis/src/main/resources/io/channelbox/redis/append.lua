-- Looks at messages of one group, keeps them and passes them on, in one step.
-- KEYS: the stream, what is known of it, the rules; and what keys begin with: of what was seen, of the muted, of who has spoken
-- ARGV: an epoch, should there be none; the channel, empty to tell nobody; the count, bytes and age of the retention; the time, empty
--   for that of Redis; then of each message: whether it is kept, whether it is ruled, sender, key, id, size, time, envelope
-- Returns the epoch, how much was there that is none of ours, and what became of each message
local rules, seen, muted, spoken = KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local channel, most, largest, declared_age = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local REMEMBERED = 300000
local MONTH = 2592000000

local real_now = redis_time()
local now = tonumber(ARGV[6]) or real_now
local appended = 0
local frozen, pause

-- What was seen lies in two hashes for each sender, the older of which is forgotten as a whole.
local function repeated(sender, key)
  local known = redis.call('HGET', seen .. sender, key) or redis.call('HGET', seen .. sender .. '\n', key)
  if not known then
    return nil
  end
  local at, answer = string.match(known, '^(%d+) (.*)$')
  if tonumber(at) + REMEMBERED <= real_now then
    return nil
  end
  return answer
end

local function remember(sender, key, answer)
  local own = seen .. sender
  local left = redis.call('PTTL', own)
  if left >= 0 and (left < REMEMBERED or redis.call('HLEN', own) >= (sender == '' and 10000 or 1000)) then
    redis.call('RENAME', own, own .. '\n')
    left = -2
  end
  local failed = redis.pcall('HSET', own, key, string.format('%.0f ', real_now) .. answer)
  if type(failed) == 'table' then
    return failed.err
  end
  if left < 0 then
    redis.call('PEXPIRE', own, 2 * REMEMBERED)
  end
  return nil
end

local function refused(sender)
  if frozen == nil then
    local declared = redis.call('HMGET', rules, 'frozen', 'pause')
    frozen, pause = declared[1], tonumber(declared[2] or '0')
  end
  if frozen then
    return 'F'
  end
  if sender == '' then
    return nil
  end
  local left = redis.call('PTTL', muted .. sender)
  if left >= 0 then
    return 'M' .. math.max(1, left)
  end
  if pause > 0 then
    local last = redis.call('GET', spoken .. sender)
    if last and tonumber(last) + pause > real_now then
      return 'S' .. (tonumber(last) + pause - real_now)
    end
  end
  return nil
end

local function begin()
  if not epoch and not open() then
    epoch, offset, bytes, count = ARGV[1], 0, 0, 0
  end
end

-- Of others, or of a script that did not come to its end: the next one of ours is to be there, and no stream goes back by itself.
local function drop_newer()
  local newer = redis.call('XRANGE', stream, '(' .. id(offset), '+', 'COUNT', 1000)
  while #newer > 0 do
    for _, entry in ipairs(newer) do
      drop(entry)
    end
    newer = redis.call('XRANGE', stream, '(' .. id(offset), '+', 'COUNT', 1000)
  end
  local rest = redis.call('XRANGE', stream, '-', '+')
  redis.call('DEL', stream)
  for _, entry in ipairs(rest) do
    if is_ours(entry) then
      redis.call('XADD', stream, entry[1], unpack(entry[2]))
    else
      foreign, count = foreign + 1, count - 1
    end
  end
end

local function append(size, at, envelope)
  local entry = {'XADD', stream, id(offset + 1), 't', at == '' and now or at, 's', size, 'e', envelope}
  local failed = redis.pcall(unpack(entry))
  if type(failed) == 'table' and (string.find(failed.err, 'smaller') or string.find(failed.err, 'exhausted')) then
    drop_newer()
    failed = redis.pcall(unpack(entry))
  end
  if type(failed) == 'table' then
    return failed.err
  end
  offset, bytes, count, appended = offset + 1, bytes + tonumber(size), count + 1, appended + 1
  return nil
end

local function publish(keep, ruled, sender, key, message, size, at, envelope)
  local answer = key ~= '' and repeated(sender, key)
  if answer then
    return 'R' .. answer
  end
  local why = ruled == '1' and refused(sender)
  if why then
    return why
  end
  if keep == '1' then
    begin()
  end
  local failed = key ~= ''
    and remember(sender, key, keep == '1' and message .. ' ' .. id(offset + 1) .. ' ' .. epoch or message)
  if failed then
    return 'E' .. failed
  end
  failed = keep == '1' and append(size, at, envelope)
  if failed then
    if key ~= '' then
      redis.call('HDEL', seen .. sender, key)
    end
    return 'E' .. failed
  end
  if ruled == '1' and sender ~= '' and pause > 0 then
    redis.pcall('SET', spoken .. sender, string.format('%.0f', real_now), 'PX', string.format('%.0f', pause))
  end
  if channel ~= '' then
    local head = keep == '1' and 'K' .. epoch .. ':' .. string.format('%.0f', offset) .. ':' or 'T'
    redis.call('PUBLISH', channel, head .. envelope)
  end
  return keep == '1' and string.format('K%.0f', offset) or 'T'
end

-- What fails with one message must not keep back what is known of the stream, nor the other messages.
local function attempt(...)
  local done, answer = pcall(publish, ...)
  return done and answer or 'E' .. (type(answer) == 'table' and answer.err or tostring(answer))
end

local answers = {'', 0}
for i = 7, #ARGV, 8 do
  answers[#answers + 1] = attempt(unpack(ARGV, i, i + 7))
end
if appended > 0 then
  age = declared_age
  local before = bytes
  redis.call('HSET', meta, 'e', epoch, 'o', offset, 'b', bytes, 'a', age)
  trim(most, largest, now - age)
  if bytes ~= before then
    redis.call('HSET', meta, 'b', bytes)
  end
  redis.call('PEXPIRE', meta, string.format('%.0f', math.max(MONTH, 2 * age)))
  if count > 0 then
    redis.call('PEXPIRE', stream, string.format('%.0f', age))
  end
end
answers[1], answers[2] = epoch or '', foreign
return answers
