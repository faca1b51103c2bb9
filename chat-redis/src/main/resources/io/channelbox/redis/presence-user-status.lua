-- Notes what the user has said, if they are in a group. ARGV: status, text. Returns a stamp and the groups; nothing when they are in none
if count() == 0 then return {} end
local time = redis.call('TIME')
local stamp = math.max(time[1] * 1000000 + time[2], tonumber((said())) + 1)
redis.call('HSET', groups, '', string.format('%.0f', stamp) .. ' ' .. ARGV[1] .. ' ' .. ARGV[2])
local answer = {string.format('%.0f', stamp)}
for _, group in ipairs(redis.call('HKEYS', groups)) do
  if group ~= '' then answer[#answer + 1] = group end
end
return answer
