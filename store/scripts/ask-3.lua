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
local log = redis.call('GET', KEYS[1])
if not log then return {'unknown'} end
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local asked = struct.unpack('>I6', log, 33)
-- A clock that was set back must not make a patient wait longer than the hour.
if asked ~= 0 and math.abs(ms - asked) < tonumber(ARGV[2]) then return {'noted_before'} end
local day = math.floor(ms / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end
local sum = KEYS[2]
local provider = log:sub(76, 75 + log:byte(75))
-- include count
redis.call('SETRANGE', KEYS[1], 32, struct.pack('>I6', ms))
redis.call('ZADD', KEYS[3], ms, ARGV[3] .. provider)
local forgotten = redis.call('ZRANGE', KEYS[3], '-inf', ms - ARGV[4], 'BYSCORE', 'LIMIT', 0, 10)
if #forgotten > 0 then redis.call('ZREM', KEYS[3], unpack(forgotten)) end
count('asked', provider)
return {'noted'}
