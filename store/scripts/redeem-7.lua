-- Claims the right to redeem: the first caller wins, and the same redeem key gets the same answer while the session lives.
-- Everything is checked before the first write, and the first write is GETDEL, which needs no memory:
-- patients still redeem when Redis is full. If the invite asks for a fact, a wrong answer is counted instead,
-- and the fifth locks it.
--
-- KEYS 1 inv:{gg}:<h>    the right to redeem
--      2 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp)
--      3 ses:{gg}:<h>    the session: redeemed_at ms (6 bytes), exp ms (6), jti (16), key id (4), hash of the redeem key (16 or 0)
--      4 due:{gg}        expiries not yet settled
--      5 sum:{gg}:<day>  counters of ARGV[1]'s day
--      6 sum:{gg}:now    gauges
--      7 aud:{gg}        the audit
-- ARGV 1 two doubles, big endian: day (whole days since 1970 UTC), session's time to live (whole seconds)
--      2 h, 16 bytes
--      3 the session from its jti on
--      4 ids of the keys held, 4 bytes each
--      5 sealed actor
--      6 hash of the answer, 16 bytes; left out if there is none
--      7 hash of the same answer as older servers wrote it; left out if it is the same, or there is none
--
-- Replies session ‖ ledger, one text: won, now or earlier with this redeem key; the session is 12 bytes and ARGV[3]
--         {'already_redeemed'} {'revoked'} {'replaced'} {'expired'} {'lost'} {'unknown'}
--         {'wrong', attempts left, ledger}       wrong answer; the ledger is the one before
--         {'unanswered', attempts left, ledger}  no answer was given; not counted
--         {'locked', 0, ledger}                  every answer is refused
--         {'key'}                         sealed under a key the caller does not hold; nothing claimed
--         {'day', today}                  nothing written: call again with today's key
local call = redis.call
local log = call('GET', KEYS[2])
if not log then return {'unknown'} end

local sum, aud = KEYS[5], KEYS[7]
local state, flags, wrong, key, created, expires = struct.unpack('>xc1BBc4I6I6', log)
local provider = struct.unpack('>Bc0', log, 75)
-- include count
-- include audit
if state == 'r' then
  local session, redeem_key = call('GET', KEYS[3]), ARGV[3]:sub(21)
  if session and redeem_key ~= '' and session:sub(33) == redeem_key then return session .. log end
  -- Flag 8: a second attempt, noted once; not if memory is full.
  if flags % 16 < 8 and type(redis.pcall('SETRANGE', KEYS[2], 2, string.char(flags + 8))) == 'number' then
    audit('2', ARGV[2], provider, ARGV[5], 'already_redeemed')
  end
  return {'already_redeemed'}
elseif state ~= 'p' then
  return {({v = 'revoked', s = 'replaced', x = 'expired'})[state]}
end

local day, ttl = struct.unpack('>dd', ARGV[1])
-- include moment
if expires <= ms then return {'expired'} end

local held = false
for i = 1, #ARGV[4], 4 do
  held = held or ARGV[4]:sub(i, i + 3) == key
end
if not held then return {'key'} end
if today ~= day then return {'day', today} end

if flags % 8 >= 4 then -- flag 4: it asks for a fact; the hashes are after the provider
  local answer, at = ARGV[6], 76 + #provider
  if struct.unpack('>I6', log, 39) ~= 0 then return {'locked', 0, log} end
  if not answer then return {'unanswered', 5 - wrong, log} end
  local right = log:sub(at, at + 15)
  if answer ~= right and ARGV[7] ~= right then
    if answer ~= log:sub(at + 16, at + 31) then -- the same answer twice in a row is a double click
      wrong = wrong + 1
      -- The first write needs no memory, so that no guess is free when memory is full. A pending invite has
      -- no session.
      call('DEL', KEYS[3])
      call('SETRANGE', KEYS[2], 3, string.char(wrong))
      call('SETRANGE', KEYS[2], at + 15, answer)
      audit('a', ARGV[2], provider, ARGV[5], 'wrong_answer')
      if wrong == 5 then
        call('SETRANGE', KEYS[2], 38, struct.pack('>I6', ms))
        count('locked', provider)
        audit('k', ARGV[2], provider, ARGV[5])
      end
    end
    return {'wrong', 5 - wrong, log}
  end
end
if not call('GETDEL', KEYS[1]) then
  if expires - ms < 60000 then return {'expired'} end -- Redis expires it natively, a little early if its clock was moved
  if flags % 2 == 0 then                              -- flag 1: lost, counted once
    call('SETRANGE', KEYS[2], 2, string.char(flags + 1))
    call('SETRANGE', KEYS[2], 44, struct.pack('>I6', ms))
    count('lost', provider)
  end
  return {'lost'}
end
-- Commands get numbers as texts, because Redis prints a double with 17 digits, which costs more.
local format, ends = string.format, (time[1] + ttl) * 1000
local session = struct.pack('>I6I6', ms, ends) .. ARGV[3]
call('SETRANGE', KEYS[2], '1', 'r' .. log:sub(3, 26) .. session:sub(1, 6)) -- the state, the part that stays, then ended_at
call('SET', KEYS[3], session, 'PXAT', format('%d', ends))
if call('ZREM', KEYS[4], ARGV[2] .. provider) == 1 then -- otherwise it was counted as expired, and then the clock was set back
  count('redeemed', provider)
  -- include redeem_times
  local took, bucket = ms - created, 1
  while took > redeem_times[bucket] * 1000 and bucket < #redeem_times do bucket = bucket + 1 end
  count(format('ttr:%d', redeem_times[bucket]), provider)
  call('HINCRBY', KEYS[6], 'pending|' .. provider, '-1')
end
audit('r', ARGV[2], provider, ARGV[5])
return session .. log
