-- Returns the bans that hold: who and where, how long each still does. KEYS: until when each holds
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}
local bans = redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf', 'WITHSCORES')
for i = 1, #bans, 2 do
  answer[i] = bans[i]
  answer[i + 1] = bans[i + 1] - now
end
return answer
