-- Makes an invite that replaces another, which ends as replaced if it was pending. Everything is checked
-- before the first write. If memory is full, the first write is refused, and nothing has happened.
--
-- KEYS 1 inv:{gg}:<h>         these seven as create-8.lua, of the new invite
--      2 log:{gg}:<h>
--      3 idx:{gg}:<provider>
--      4 due:{gg}
--      5 sum:{gg}:<day>
--      6 sum:{gg}:now
--      7 lim:{gg}:<provider>
--      8 inv:{gg}:<h>         the old invite's right to redeem
--      9 log:{gg}:<h>         its ledger (layout: store/invites/ledger.hpp)
--     10 aud:{gg}             the audit
--     11 idem:{gg}:<hash>     the idempotency record; left out by a caller without a key
-- ARGV 1 to 6 as create-8.lua
--      7 the old h, 16 bytes                8 sealed actor
--      9 fingerprint, 16 bytes             10 h ‖ key id ‖ sealed invite_id; both only with KEYS[11]
--
-- Replies as create-8.lua
--         {'refused', state, ledger}  the old invite's state forbids it, it has a successor, or its record is erased; state
--                                     as of read-2.lua
--         {'unknown'}                 the old invite is gone
local inv, log_key, idx, due, sum, gauge = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local lim, ending_inv, ending_log, aud, idem = KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local provider, fingerprint, once = ARGV[3], ARGV[9], ARGV[10]
local day, ttl, retention, T, burst = struct.unpack('>ddddd', ARGV[1])
local call = redis.call
-- include moment
-- include count
-- include bucket
-- include once

local old = call('GET', ending_log)
if not old then return {'unknown'} end
local state = old:sub(2, 2)
if state == 'p' and struct.unpack('>I6', old, 15) <= ms then state = 'x' end
local has_successor, erased = old:sub(51, 66) ~= string.rep('\0', 16), old:byte(3) % 4 >= 2
if (state ~= 'p' and state ~= 'x') or has_successor or erased then return {'refused', state, old} end

-- include end_pending
-- include audit
-- include make
if state == 'p' then
  end_pending(ARGV[7], 's', 'replaced')
else
  call('DEL', ending_inv) -- Redis may not have dropped it yet, and the clock may be set back
end
call('SETRANGE', ending_log, 50, ARGV[2])
audit('n', ARGV[7], provider, ARGV[8])
return made
