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
local log = redis.call('GET', KEYS[1])
if not log then return {'unknown'} end
local provider = log:sub(76, 75 + log:byte(75))
if ARGV[2] ~= '' and not ARGV[2]:find('|' .. provider .. '|', 1, true) then return {'unknown'} end
local time = redis.call('TIME')
local state = log:sub(2, 2)
if state == 'p' and struct.unpack('>I6', log, 15) <= math.floor((time[1] * 1e6 + time[2]) / 1000) then state = 'x' end

-- include audit
redis.call('ZREM', KEYS[2], ARGV[1] .. provider) -- first, because it needs no memory
if struct.unpack('>I6', log, 33) ~= 0 then
  redis.call('SETRANGE', KEYS[1], 32, string.rep('\0', 6))
  log = redis.call('GET', KEYS[1])
  audit('z', ARGV[1], provider, ARGV[3])
elseif log:byte(3) % 4 < 2 then
  audit('g', ARGV[1], provider, ARGV[3]) -- nothing to do, but the answer shows the patient
end
return {'done', state, log}
