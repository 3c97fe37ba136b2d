-- Ends an invite or its session, or erases its patient, for staff. Every act may be repeated. Everything is
-- checked before the first write, and the first write is DEL, which needs no memory.
--
-- KEYS 1 inv:{gg}:<h>    the right to redeem
--      2 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp)
--      3 ses:{gg}:<h>    the session
--      4 due:{gg}        expiries not yet settled
--      5 sum:{gg}:<day>  counters of ARGV[1]'s day
--      6 sum:{gg}:now    gauges
--      7 aud:{gg}        the audit
-- ARGV 1 day, whole days since 1970 UTC   2 h, 16 bytes
--      3 the act: 'revoke', 'end_session' or 'erase'
--      4 providers the caller may use, each between bars: '|a|b|'; '' for all
--      5 sealed actor
--
-- Replies {'done', state, ledger}     it is so now, by this call or an earlier one
--         {'refused', state, ledger}  the invite's state forbids it; state as of read-2.lua
--         {'unknown'}                 there is none, or it is another provider's
--         {'day', today}              nothing written: call again with today's key
local ending_inv, ending_log, ses, due, sum, gauge = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local aud = KEYS[7]
local log = redis.call('GET', ending_log)
if not log then return {'unknown'} end
local provider = log:sub(76, 75 + log:byte(75))
if ARGV[4] ~= '' and not ARGV[4]:find('|' .. provider .. '|', 1, true) then return {'unknown'} end

local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local act, state = ARGV[3], log:sub(2, 2)
if state == 'p' and struct.unpack('>I6', log, 15) <= ms then state = 'x' end

-- include audit
local function look() -- nothing to do, but the answer shows the patient
  if log:byte(3) % 4 < 2 then audit('g', ARGV[2], provider, ARGV[5]) end
  return {'done', state, log}
end
if act == 'revoke' then
  if state == 'v' then return look() end
  if state ~= 'p' then return {'refused', state, log} end
elseif act == 'end_session' then
  if state ~= 'r' then return {'refused', state, log} end
end

local day = math.floor(ms / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end

-- include count
-- include end_pending
local had_session = act ~= 'revoke' and redis.call('DEL', ses) == 1
if act == 'end_session' then
  if not had_session then return look() end
  audit('e', ARGV[2], provider, ARGV[5])
  return {'done', state, log}
end
if state == 'p' then -- revoked by name, or because a pending invite is erased
  end_pending(ARGV[2], 'v', 'revoked')
  state = 'v'
  audit('v', ARGV[2], provider, ARGV[5])
end
if act == 'erase' then
  redis.call('DEL', ending_inv) -- an expired one may still be there, if the clock was set back
  if log:byte(3) % 4 < 2 then audit('d', ARGV[2], provider, ARGV[5]) end
  -- Times, state and provider stay, for the counts. Flag 2 says why there is no record; the blind index, flag
  -- 4 and the hashes of answers go, too.
  log = redis.call('GETRANGE', ending_log, 0, 74 + #provider)
  local flags = bit.bor(bit.band(log:byte(3), 0xfb), 2)
  log = log:sub(1, 2) .. string.char(flags) .. log:sub(4, 66) .. string.rep('\0', 8) .. log:sub(75)
  redis.call('SET', ending_log, log, 'KEEPTTL')
else
  log = redis.call('GET', ending_log)
end
return {'done', state, log}
