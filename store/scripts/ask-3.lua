-- Notes that the holder of a link asks for a new one, at most once an hour, so that nobody can write without
-- end; or again at once if staff has ticked the request off.
--
-- KEYS 1 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp)
--      2 sum:{gg}:<day>  counters of ARGV[1]'s day
--      3 ask:{gg}         requests: h ‖ provider by ms
-- ARGV 1 day, whole days since 1970 UTC     2 ms between two requests
--      3 h, 16 bytes                        4 ms after which a request is forgotten, because its ledger is gone
--
-- Replies {'noted'} {'noted_before'} {'unknown'}
--         {'day', today}  nothing written: call again with today's key
local call = redis.call
local log = call('GET', KEYS[1])
if not log then return {'unknown'} end
-- include moment
-- include ledger_reader
local asked = time_of(log, ASKED)
-- A clock that was set back must not make a patient wait longer than the hour.
if asked ~= 0 and math.abs(ms - asked) < tonumber(ARGV[2]) then return {'noted_before'} end
if today ~= tonumber(ARGV[1]) then return {'day', today} end
local sum = KEYS[2]
local provider = provider_of(log)
-- include count
call('SETRANGE', KEYS[1], ASKED, struct.pack('>I6', ms))
call('ZADD', KEYS[3], ms, ARGV[3] .. provider)
local forgotten = call('ZRANGE', KEYS[3], '-inf', ms - ARGV[4], 'BYSCORE', 'LIMIT', 0, 10)
if #forgotten > 0 then call('ZREM', KEYS[3], unpack(forgotten)) end
count('asked', provider)
return {'noted'}
