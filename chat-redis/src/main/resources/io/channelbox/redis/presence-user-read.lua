-- Returns what the user has said, and each group they are in with its token
local answer = {said()}
local all = redis.call('HGETALL', groups)
for i = 1, #all, 2 do
  if all[i] ~= '' then
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = all[i + 1]
  end
end
return answer
