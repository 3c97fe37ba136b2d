-- Counts expired invites: takes each off the due list, exactly once whichever server does it, and moves it
-- from pending to expired on the day on which it expired. The ledger stays unchanged: pending and past its
-- time counts as expired everywhere.
--
-- KEYS 1 due:{gg}        handle ‖ provider by expiry ms, pending only
--      2 sum:{gg}:<day>  counters of ARGV[1]'s day
--      3 sum:{gg}:now    gauges
--      4 aud:{gg}        the audit
-- ARGV 1 day, whole days since 1970 UTC     2 most to settle
--
-- Replies {'settled', n}  n expiries of that day; more may be due
--         {'idle'}        nothing is due
--         {'day', day}    the first due one expired on that day: nothing written, call again with its key
local due, sum, gauge, aud = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local call = redis.call
-- include moment
-- include count
-- include audit
-- include settle
local day = day_due()
if not day then return {'idle'} end
if day ~= tonumber(ARGV[1]) then return {'day', day} end
return {'settled', settle(day, ARGV[2])}
