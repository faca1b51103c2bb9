-- Returns a part of the stream: epoch, newest offset, the offset before the oldest, whether what follows is gone, how much was there that is
-- none of ours; then offsets and envelopes.
-- Nothing when nothing is known of the group. ARGV: the time, empty for that of Redis; after or before; which epoch, offset; how many
local direction, asked_epoch, asked, limit = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
if not open() then
  return {}
end
forget_aged(tonumber(ARGV[1]) or redis_time())

local oldest = read('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
local start = oldest and number(oldest) - 1 or offset
local page = {epoch, offset, start, 0, foreign}
local entries
if direction == 'after' then
  if asked_epoch ~= epoch or asked > offset or asked < start then
    page[4] = 1
    return page
  end
  entries = read('XRANGE', stream, id(asked + 1), '+', 'COUNT', limit)
elseif asked == nil then
  entries = read('XREVRANGE', stream, '+', '-', 'COUNT', limit)
elseif asked_epoch ~= epoch or asked < 1 then
  entries = {}
else
  entries = read('XREVRANGE', stream, id(asked - 1), '-', 'COUNT', limit)
end
page[5] = foreign
for _, entry in ipairs(entries) do
  page[#page + 1] = number(entry)
  page[#page + 1] = entry[2][6]
end
return page
