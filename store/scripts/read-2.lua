-- One invite, for staff. It writes a line in the audit, unless it is read for another act. If memory is full,
-- that line is refused, and so is the reading: staff see no name without a trace.
--
-- KEYS 1 log:{gg}:<h>  the ledger (layout: store/invites/ledger.hpp)
--      2 aud:{gg}      the audit
-- ARGV 1 providers the caller may use, each between bars: '|a|b|'; '' for all
--      2 the action for the audit: 'g' for a look, 'l' for the link, which counts only while it is pending; '' for none
--      3 h, 16 bytes   4 sealed actor
--
-- Replies {state, ledger}; state as the ledger's letter, but 'x' as soon as it has expired, whether that was settled yet
--         or not
--         {'unknown'}  there is none, or it is another provider's
local aud = KEYS[2]
local call = redis.call
local log = call('GET', KEYS[1])
if not log then return {'unknown'} end
-- include ledger_reader
local provider = provider_of(log)
if ARGV[1] ~= '' and not ARGV[1]:find('|' .. provider .. '|', 1, true) then return {'unknown'} end
-- include moment
local state = state_now(log, ms)
-- include audit
if ARGV[2] == 'g' or ARGV[2] == 'l' and state == 'p' then audit(ARGV[2], ARGV[3], provider, ARGV[4]) end
return {state, log}
