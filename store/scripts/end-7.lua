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
local call = redis.call
local log = call('GET', ending_log)
if not log then return {'unknown'} end
-- include ledger_reader
local provider = provider_of(log)
if ARGV[4] ~= '' and not ARGV[4]:find('|' .. provider .. '|', 1, true) then return {'unknown'} end

-- include moment
local act, state = ARGV[3], state_now(log, ms)

-- include audit
local function look() -- nothing to do, but the answer shows the patient
  if not has(log, IS_ERASED) then audit('g', ARGV[2], provider, ARGV[5]) end
  return {'done', state, log}
end
if act == 'revoke' then
  if state == 'v' then return look() end
  if state ~= 'p' then return {'refused', state, log} end
elseif act == 'end_session' then
  if state ~= 'r' then return {'refused', state, log} end
end

if today ~= tonumber(ARGV[1]) then return {'day', today} end

-- include count
-- include end_pending
local had_session = act ~= 'revoke' and call('DEL', ses) == 1
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
  call('DEL', ending_inv) -- an expired one may still be there, if the clock was set back
  if not has(log, IS_ERASED) then audit('d', ARGV[2], provider, ARGV[5]) end
  -- Times, state and provider stay, for the counts. A flag says why there is no record. The blind indexes and the
  -- hashes of answers go, too, and the flags that say they are there.
  log = call('GETRANGE', ending_log, 0, PROVIDER + #provider)
  local flags = bit.bor(bit.band(log:byte(FLAGS + 1), bit.bnot(GO_WITH_RECORD)), IS_ERASED)
  log = log:sub(1, FLAGS) .. string.char(flags) .. log:sub(FLAGS + 2, BLIND_INDEX)
    .. string.rep('\0', PROVIDER - BLIND_INDEX) .. log:sub(PROVIDER + 1)
  call('SET', ending_log, log, 'KEEPTTL')
else
  log = call('GET', ending_log)
end
return {'done', state, log}
