-- Makes an invite that replaces another, which ends as replaced if it was pending. Everything is checked
-- before the first write. If memory is full, the first write is refused, and nothing has happened.
--
-- KEYS 1 idx:{gg}:<provider>  these seven as create-8+.lua, of the new invite
--      2 due:{gg}
--      3 sum:{gg}:<day>
--      4 sum:{gg}:now
--      5 lim:{gg}:<provider>
--      6 log:{gg}:<h>
--      7 inv:{gg}:<h>
--      8 inv:{gg}:<h>         the old invite's right to redeem
--      9 log:{gg}:<h>         its ledger (layout: store/invites/ledger.hpp)
--     10 aud:{gg}             the audit
--     11 idem:{gg}:<hash>     the idempotency record; left out by a caller without a key
-- ARGV 1 to 7 as create-8+.lua
--      8 the old h, 16 bytes   9 sealed actor
--
-- Replies as create-8+.lua for one invite
--         {'refused', state, ledger}  the old invite's state forbids it, it has a successor, or its record is erased; state
--                                     as of read-2.lua
--         {'unknown'}                 the old invite is gone
local idx, due, sum, gauge, lim, log_key, inv = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local ending_inv, ending_log, aud, idem = KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local day, retention, T, burst = struct.unpack('>dddd', ARGV[1])
local provider, once, old_h = ARGV[2], ARGV[7], ARGV[8]
local call = redis.call
-- include moment
if today ~= day then return {'day', today} end

-- include bucket
local earlier_answer, record_of
-- include once
local known = idem and call('GET', idem)
if known then return earlier_answer(known, once) end

local old = call('GET', ending_log)
if not old then return {'unknown'} end
-- include ledger_reader
local state, has_successor = state_now(old, ms), old:sub(SUCCESSOR + 1, BLIND_INDEX) ~= string.rep('\0', 16)
if (state ~= 'p' and state ~= 'x') or has_successor or has(old, IS_ERASED) then return {'refused', state, old} end

-- include count
-- include end_pending
-- include audit
local handle_and_ttl, creator, before, after = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local first_at, first_member, more_due, made
-- include make
if type(made) == 'string' then
  if idem then call('SET', idem, record_of(once, made), 'PX', '86400000') end
  if state == 'p' then
    end_pending(old_h, 's', 'replaced')
  else
    call('DEL', ending_inv) -- Redis may not have dropped it yet, and the clock may be set back
  end
  call('SETRANGE', ending_log, SUCCESSOR, handle_and_ttl:sub(1, 16))
  audit('n', old_h, provider, ARGV[9])
end
-- include enter_made
return made
