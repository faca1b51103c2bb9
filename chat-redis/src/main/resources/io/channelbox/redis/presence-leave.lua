-- Takes devices away, or has one kept. ARGV: when it left, or nothing; then user, channel, node and ref of each
-- Returns of each what became of it, the token of a user who is gone, and how many devices its node has left there
local answer = {}
for i = 2, #ARGV, 4 do
  local id, channel, node, ref = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local user = read(id)
  local position = find(user, channel, node, ref)
  local became, gone = 'UNKNOWN', ''
  if position then
    local here = 0
    for _, device in ipairs(user.devices) do
      if device[LEFT] == '' then here = here + 1 end
    end
    if ARGV[1] ~= '' and here == 1 and user.devices[position][LEFT] == '' then
      user.devices[position][LEFT] = ARGV[1]
      save(id, user, user.devices)
      became = 'KEPT'
    else
      save(id, user, without(user.devices, position))
      became = 'GONE'
      if #user.devices == 0 then gone = user.about[TOKEN] end
    end
  end
  answer[#answer + 1] = {became, gone, tonumber(redis.call('HGET', nodes, node:match('^[^/]*')) or 0)}
end
return answer
