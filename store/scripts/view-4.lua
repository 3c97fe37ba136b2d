-- The state of an invite, for the holder of its link. It marks, counts and audits the first view, and writes
-- nothing else, because scanners view a thousand times.
--
-- KEYS 1 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp)
--      2 ses:{gg}:<h>    the session (layout: redeem-7.lua)
--      3 sum:{gg}:<day>  counters of ARGV[1]'s day
--      4 aud:{gg}        the audit
-- ARGV 1 day, whole days since 1970 UTC
--      2 hash of the redeem key, 16 bytes, or ''     3 '1' to mark the view, '' to leave no trace
--      4 h, 16 bytes                                  5 sealed actor
--
-- Replies {state, 1 if the redeem key is the session's, ledger}; state as the ledger's letter, but 'x' as soon as it has
--         expired, whether that was settled yet or not
--         {'unknown'}
--         {'day', today}  nothing written: call again with today's key
local log = redis.call('GET', KEYS[1])
if not log then return {'unknown'} end
local state, own = log:sub(2, 2), 0
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
if state == 'p' then
  if struct.unpack('>I6', log, 15) <= ms then state = 'x' end
elseif state == 'r' and ARGV[2] ~= '' then
  local session = redis.call('GET', KEYS[2])
  if session and session:sub(33) == ARGV[2] then own = 1 end
end

if ARGV[3] ~= '' and struct.unpack('>I6', log, 21) == 0 then
  local day = math.floor(ms / 86400000)
  if day ~= tonumber(ARGV[1]) then return {'day', day} end
  local sum, aud = KEYS[3], KEYS[4]
  local provider = log:sub(76, 75 + log:byte(75))
  -- include count
  -- include audit
  -- Where memory is full the view goes unmarked: a patient must see the page all the same.
  local marked = redis.pcall('SETRANGE', KEYS[1], 20, struct.pack('>I6', ms))
  if type(marked) == 'number' then
    count('viewed', provider)
    audit('w', ARGV[4], provider, ARGV[5])
  end
end
return {state, own, log}
