-- What became of an invite, for whoever holds its link. Writes nothing.
--
-- KEYS 1 log:{gg}:<h>  the ledger (layout: store/ledger.hpp)
--      2 ses:{gg}:<h>  the session (layout: redeem-6.lua)
-- ARGV 1 hash of the redeem key, 16 bytes, or ''
--
-- Replies {state, 1 if the redeem key is the session's, ledger}; state as the ledger's letter, but 'x' as soon as it has
--         expired, whether that was settled yet or not
--         {'unknown'}
local log = redis.call('GET', KEYS[1])
if not log then return {'unknown'} end
local state = log:sub(2, 2)
if state == 'p' then
  local time = redis.call('TIME')
  if struct.unpack('>I6', log, 15) <= math.floor((time[1] * 1e6 + time[2]) / 1000) then state = 'x' end
elseif state == 'r' and ARGV[1] ~= '' then
  local session = redis.call('GET', KEYS[2])
  if session and session:sub(33) == ARGV[1] then return {state, 1, log} end
end
return {state, 0, log}
