-- Takes entries of a stream for one exporter, a consumer of the stream's group: those that a dead exporter
-- has left, otherwise new ones. The first call makes the group, from the beginning of the stream.
--
-- KEYS 1 aud:{gg} or idx:{gg}:<provider>
-- ARGV 1 group   2 consumer   3 most entries   4 for how many ms an entry must have been left; '' looks for new ones only
--
-- Replies {{{id, {field, value, ...}}, ...}, how many entries were trimmed away before anybody exported them}
if redis.call('EXISTS', KEYS[1]) == 0 then return {{}, 0} end
local trimmed = 0
if ARGV[4] ~= '' then
  local left = redis.pcall('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[4], '0-0', 'COUNT', ARGV[3])
  if not left.err then -- otherwise there is no group yet
    trimmed = #left[3]
    if #left[2] > 0 then return {left[2], trimmed} end
  end
end
-- Entries trimmed before they were delivered: more are gone than the group has read. (A group that has read
-- nothing yet cannot tell.)
local function named(flat)
  local map = {}
  for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
  return map
end
local stream = named(redis.call('XINFO', 'STREAM', KEYS[1]))
local gone = stream['entries-added'] - stream.length
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = named(flat)
  if group.name == ARGV[1] and group['entries-read'] and gone > group['entries-read'] then
    trimmed = trimmed + gone - group['entries-read']
    redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], group['last-delivered-id'], 'ENTRIESREAD', gone)
  end
end
local new = redis.pcall('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
if new and new.err then
  if not new.err:find('NOGROUP', 1, true) then return new end
  redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0')
  new = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
end
return {new and new[1][2] or {}, trimmed}
