-- Ticks off that a patient has asked for a new link, for staff. May be repeated. The invite is then as if nobody had
-- asked: its patient may do so again at once.
--
-- KEYS 1 log:{gg}:<h>  the ledger (layout: store/invites/ledger.hpp)
--      2 ask:{gg}      requests: h ‖ provider by ms
--      3 aud:{gg}      the audit
-- ARGV 1 h, 16 bytes
--      2 providers the caller may use, each between bars: '|a|b|'; '' for all
--      3 sealed actor
--
-- Replies {'done', state, ledger}  state as of read-2.lua
--         {'unknown'}              there is none, or it is another provider's
local aud = KEYS[3]
local call = redis.call
local log = call('GET', KEYS[1])
if not log then return {'unknown'} end
-- include ledger_reader
local provider = provider_of(log)
if ARGV[2] ~= '' and not ARGV[2]:find('|' .. provider .. '|', 1, true) then return {'unknown'} end
-- include moment
local state = state_now(log, ms)

-- include audit
call('ZREM', KEYS[2], ARGV[1] .. provider) -- first, because it needs no memory
if time_of(log, ASKED) ~= 0 then
  call('SETRANGE', KEYS[1], ASKED, string.rep('\0', 6))
  log = call('GET', KEYS[1])
  audit('z', ARGV[1], provider, ARGV[3])
elseif not has(log, IS_ERASED) then
  audit('g', ARGV[1], provider, ARGV[3]) -- nothing to do, but the answer shows the patient
end
return {'done', state, log}
