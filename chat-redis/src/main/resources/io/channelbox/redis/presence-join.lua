-- Adds a device, unless its name is taken. ARGV: user, what to do about names, the fields of a device
-- Returns whether it was added, the token of it, and of each device that was replaced: user, device, token of a user who is gone
local id, policy = ARGV[1], ARGV[2]
local device = {unpack(ARGV, 3)}

local function others_named(folded)
  local others, prefix = {}, named(folded)
  for _, member in ipairs(redis.call('ZRANGEBYLEX', names, '[' .. prefix, '(' .. prefix .. '\255')) do
    local other = member:sub(#prefix + 1)
    if other ~= id then others[#others + 1] = other end
  end
  return others
end

local replaced = {}
if policy ~= 'ALLOW' then
  local others = others_named(device[FOLDED])
  if policy == 'REJECT_NEW' and #others > 0 then return {0} end
  for _, other in ipairs(others) do
    local user, rest = read(other), {}
    for _, each in ipairs(user.devices) do
      if each[FOLDED] == device[FOLDED] then replaced[#replaced + 1] = {other, join(each), user} else rest[#rest + 1] = each end
    end
    save(other, user, rest)
  end
end

local user, after = read(id), {}
local token = math.max(micros(), tonumber(user.about[TOKEN]) + 1)
if #user.devices == 0 then user.about[CAME] = number(token) else device[SINCE] = user.devices[1][SINCE] end
user.about[TOKEN] = number(token)
for _, each in ipairs(user.devices) do
  if each[LEFT] == '' and each[CHANNEL] ~= device[CHANNEL] then after[#after + 1] = each end
end
after[#after + 1] = device
save(id, user, after)

local answer = {1, number(token)}
for _, each in ipairs(replaced) do
  local gone = #each[3].devices == 0
  answer[#answer + 1] = {each[1], each[2], gone and each[3].about[TOKEN] or ''}
end
return answer
