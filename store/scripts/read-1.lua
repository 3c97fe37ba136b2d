-- One invite, for whoever manages it. Writes nothing.
--
-- KEYS 1 log:{gg}:<h>  the ledger (layout: store/ledger.hpp)
--
-- Replies {state, ledger}; state as the ledger's letter, but 'x' as soon as it has expired, whether that was settled yet
--         or not
--         {'unknown'}
local log = redis.call('GET', KEYS[1])
if not log then return {'unknown'} end
local state = log:sub(2, 2)
if state == 'p' then
  local time = redis.call('TIME')
  if struct.unpack('>I6', log, 15) <= math.floor((time[1] * 1e6 + time[2]) / 1000) then state = 'x' end
end
return {state, log}
