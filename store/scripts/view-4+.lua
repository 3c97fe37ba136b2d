-- The states of invites of one group, each for the holder of its link. It marks, counts and audits the first view, and
-- writes nothing else, because scanners view a thousand times. No invite comes twice in one call.
--
-- KEYS 1 sum:{gg}:<day>  counters of ARGV[1]'s day
--      2 aud:{gg}        the audit
--      3 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp), one of each invite
--      4 ses:{gg}:<h>    then the session (layout: redeem-7+.lua), one of each
-- ARGV 1 day, whole days since 1970 UTC
--      then of each invite: 2 h, 16 bytes   3 hash of the redeem key, 16 bytes, or ''
--      4 sealed actor; '' to leave no trace of the view
--
-- Replies {one of these for each invite}; for one invite alone without the list around it
--           {state, 1 if the redeem key is the session's, ledger}; state as the ledger's letter, but 'x' as soon as it has
--           expired, whether that was settled yet or not
--           {'unknown'}
--         {'day', today}  nothing written: call again with today's key
local sum, aud = KEYS[1], KEYS[2]
local call = redis.call
local n = (#ARGV - 1) / 3
-- include moment
-- include ledger
if today ~= tonumber(ARGV[1]) then return {'day', today} end

local logs = call('MGET', unpack(KEYS, 3, 2 + n)) -- of KEYS 3
local replies, owners, first = {}, {}, {}
for i = 1, n do
  local log, redeem_key, own = logs[i], ARGV[3 * i], 0
  if log then
    local expires, viewed = struct.unpack('>I6I6', log, EXPIRES + 1)
    local state = log:sub(STATE + 1, STATE + 1)
    if state == 'p' and expires <= ms then state = 'x' end
    if state == 'r' and redeem_key ~= '' then
      local ses = KEYS[2 + n + i] -- of KEYS 4
      local session = call('GET', ses)
      if session and session:sub(33) == redeem_key then own = 1 end
    end
    if ARGV[3 * i + 1] ~= '' and viewed == 0 then
      first[#first + 1], owners[i] = i, struct.unpack('>Bc0', log, PROVIDER + 1)
    end
    replies[i] = {state, own, log}
  else
    replies[i] = {'unknown'}
  end
end

-- include count
-- include audit
for _, i in ipairs(first) do
  local log_key = KEYS[2 + i] -- of KEYS 3
  -- Where memory is full the view goes unmarked: a patient must see the page all the same.
  local marked = redis.pcall('SETRANGE', log_key, VIEWED_TEXT, struct.pack('>I6', ms))
  if type(marked) == 'number' then
    count('viewed', owners[i])
    audit('w', ARGV[3 * i - 1], owners[i], ARGV[3 * i + 1])
  end
end
return n == 1 and replies[1] or replies
