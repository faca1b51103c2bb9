-- Returns how much is kept: count, bytes, the oldest and the newest envelope. ARGV: the time, empty for that of Redis
if not open() then
  return {}
end
forget_aged(tonumber(ARGV[1]) or redis_time())
if count == 0 then
  return {}
end
local oldest = read('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
local newest = read('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
if not oldest then
  return {}
end
return {offset - number(oldest) + 1, bytes, oldest[2][6], newest[2][6]}
