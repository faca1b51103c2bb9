-- Says whether a device is active. ARGV: user, channel, node, ref, whether it is
local user = read(ARGV[1])
local position = find(user, ARGV[2], ARGV[3], ARGV[4])
if position then
  user.devices[position][ACTIVE] = ARGV[5]
  save(ARGV[1], user, user.devices)
end
return {}
