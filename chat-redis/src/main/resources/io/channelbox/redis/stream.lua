-- What every script of a stream begins with. KEYS: the stream, what is known of it
local stream, meta = KEYS[1], KEYS[2]
local epoch, offset, bytes, age, count
local foreign = 0

local function redis_time()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Reads what is known, and tells whether anything is. A stream whose epoch is lost says nothing any more.
local function open()
  local known = redis.call('HMGET', meta, 'e', 'o', 'b', 'a')
  if not known[1] then
    if redis.call('EXISTS', stream) == 1 then
      redis.call('DEL', stream)
    end
    return false
  end
  epoch, offset, bytes, age = known[1], tonumber(known[2]), tonumber(known[3]), tonumber(known[4])
  count = redis.call('XLEN', stream)
  if count == 0 then
    bytes = 0
  end
  return true
end

local function id(number)
  return string.format('%.0f-0', number)
end

local function number(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

-- Tells whether an entry is one of ours: whoever has the password may write into the stream.
local function is_ours(entry)
  local fields = entry[2]
  return #fields == 6 and fields[1] == 't' and fields[3] == 's' and fields[5] == 'e'
    and tonumber(fields[2]) and tonumber(fields[4])
    and string.match(entry[1], '^%d+%-0$') and number(entry) <= offset
end

-- Takes away what is none of ours, and counts it.
local function drop(entry)
  foreign, count = foreign + redis.call('XDEL', stream, entry[1]), count - 1
end

-- Returns what is read, all of it ours.
local function read(...)
  local entries, clean
  repeat
    entries, clean = redis.call(...), true
    for _, entry in ipairs(entries) do
      if not is_ours(entry) then
        drop(entry)
        clean = false
      end
    end
  until clean
  return entries
end

-- Forgets the oldest: what is too many, too large together, or too old; at most about 2,000. Only age takes the newest.
local function trim(most, largest, oldest)
  local looked, chunk = 0, math.max(1, count - most + 1)
  while count > 0 and looked < 2000 do
    local heads = redis.call('XRANGE', stream, '-', '+', 'COUNT', math.min(100, chunk))
    local first, trimmed, last = 1, 0, nil
    while heads[first] do
      local fields, behind = heads[first][2], offset - number(heads[first])
      if not is_ours(heads[first]) then
        drop(heads[first])
      elseif behind >= most or (behind > 0 and bytes > largest) or tonumber(fields[2]) < oldest then
        count, trimmed, last = count - 1, trimmed + 1, number(heads[first])
        bytes = bytes - tonumber(fields[4])
      else
        break
      end
      first = first + 1
    end
    if last then
      local beside = redis.call('XTRIM', stream, 'MINID', id(last + 1)) - trimmed
      count, foreign = count - beside, foreign + beside
    end
    if heads[first] or #heads == 0 then
      break
    end
    looked = looked + #heads
    chunk = chunk * 2
  end
  if count == 0 then
    redis.call('DEL', stream)
  end
end

local function forget_aged(now)
  local before = count
  if count > 0 then
    trim(math.huge, math.huge, now - age)
  end
  if count ~= before then
    redis.call('HSET', meta, 'b', bytes)
  end
end
