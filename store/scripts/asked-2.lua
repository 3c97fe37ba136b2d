-- A page of the requests for new links of one provider's patients, the latest first, and the time. It writes
-- a line in the audit, because the page shows names.
--
-- KEYS 1 ask:{gg}   requests: h ‖ provider by ms
--      2 aud:{gg}   the audit
-- ARGV 1 newest ms, or '+inf'     2 how many of exactly that ms to skip     3 most entries to look at
--      4 provider                 5 sealed actor; '' if the caller counts the page, so it needs no line
--
-- Replies {now ms, {{'<ms>-<n>', {'h', h}}, ...}, '<ms>-<n>' of the last one looked at or ''}; n counts the entries of that
-- ms, from 1 on. '' means that there are no more.
local aud = KEYS[2]
local call = redis.call
-- include moment
-- include audit
if ARGV[5] ~= '' then audit('g', '', ARGV[4], ARGV[5]) end
local at, n, found, last = ARGV[1], tonumber(ARGV[2]), {}, ''
local all = call('ZRANGE', KEYS[1], ARGV[1], '-inf', 'BYSCORE', 'REV', 'LIMIT', n, ARGV[3], 'WITHSCORES')
for i = 1, #all, 2 do
  if all[i + 1] ~= at then at, n = all[i + 1], 0 end
  n = n + 1
  last = at .. '-' .. n
  if all[i]:sub(17) == ARGV[4] then found[#found + 1] = {last, {'h', all[i]:sub(1, 16)}} end
end
if #all < 2 * ARGV[3] then last = '' end
return {ms, found, last}
