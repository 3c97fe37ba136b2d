-- A page of a provider's index, newest first, and the time. It writes a line in the audit, because the page
-- shows names. If memory is full, that line is refused, and so is the page.
--
-- KEYS 1 idx:{gg}:<provider>
--      2 aud:{gg}              the audit
-- ARGV 1 newest id, as XREVRANGE takes it     2 oldest id     3 most entries     4 provider
--      5 sealed actor; '' if the caller counts the page, so it needs no line
--
-- Replies {now ms, {{id, {'h', h, 'c', sealed creator}}, ...}, id of the last one if there may be more, or ''}
local aud = KEYS[2]
local call = redis.call
-- include moment
-- include audit
if ARGV[5] ~= '' then audit('g', '', ARGV[4], ARGV[5]) end
local found = call('XREVRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', ARGV[3])
local full = #found > 0 and #found == tonumber(ARGV[3])
return {ms, found, full and found[#found][1] or ''}
