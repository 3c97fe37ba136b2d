-- A session, for the holder of its token: the patient's data. Each call writes a line in the audit.
--
-- KEYS 1 ses:{gg}:<h>    the session (layout: redeem-7.lua)
--      2 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp)
--      3 aud:{gg}        the audit
-- ARGV 1 jti, 16 bytes   2 h, 16 bytes   3 sealed actor
--
-- Replies {'open', session, ledger}
--         {'unknown'}  it has ended, or it is another one
local session, log = redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2])
if not session or not log or session:sub(13, 28) ~= ARGV[1] then return {'unknown'} end
-- If memory is full the reading is not noted, because the patient must still be able to go on.
redis.pcall('XADD', KEYS[3], '*', 'a', 'o', 'h', ARGV[2], 'p', log:sub(76, 75 + log:byte(75)), 's', ARGV[3])
return {'open', session, log}
