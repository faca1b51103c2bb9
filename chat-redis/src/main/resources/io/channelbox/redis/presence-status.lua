-- Writes what a user has said beside their devices in a group, unless they have said something later. ARGV: user, stamp, status, text
local user = read(ARGV[1])
if #user.devices > 0 and tonumber(user.about[STAMP]) < tonumber(ARGV[2]) then
  user.about[STAMP], user.about[STATUS], user.about[TEXT] = ARGV[2], ARGV[3], ARGV[4]
  save(ARGV[1], user, user.devices)
end
return {}
