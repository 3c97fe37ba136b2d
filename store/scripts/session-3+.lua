-- Sessions of one group, each for the holder of its token: the patient's data. Each reading writes a line in the audit.
--
-- KEYS 1 aud:{gg}      the audit
--      2 ses:{gg}:<h>  the session (layout: redeem-7+.lua), one of each
--      3 log:{gg}:<h>  then the ledger (layout: store/invites/ledger.hpp), one of each
-- ARGV of each: 1 jti, 16 bytes   2 h, 16 bytes   3 sealed actor
--
-- Replies {one of these for each}; for one alone without the list around it
--           {'open', session, ledger}
--           {'unknown'}  it has ended, or it is another one
local aud = KEYS[1]
local call = redis.call
local n = #ARGV / 3
local sessions = call('MGET', unpack(KEYS, 2, 1 + n)) -- of KEYS 2
local logs = call('MGET', unpack(KEYS, 2 + n)) -- of KEYS 3
local replies, owners = {}, {}
-- include ledger
for i = 1, n do
  local session, log = sessions[i], logs[i]
  if session and log and session:sub(13, 28) == ARGV[3 * i - 2] then
    owners[i], replies[i] = struct.unpack('>Bc0', log, PROVIDER + 1), {'open', session, log}
  else
    replies[i] = {'unknown'}
  end
end
for i = 1, n do
  -- If memory is full the reading is not noted, because the patient must still be able to go on.
  if owners[i] then redis.pcall('XADD', aud, '*', 'a', 'o', 'h', ARGV[3 * i - 1], 'p', owners[i], 's', ARGV[3 * i]) end
end
return n == 1 and replies[1] or replies
