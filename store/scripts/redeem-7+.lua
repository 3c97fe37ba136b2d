-- Claims rights to redeem, of one group: for each invite the first caller wins, and the same redeem key gets the same answer
-- while the session lives. Everything is checked before the first write, and the first write is GETDEL, which needs no
-- memory: patients still redeem when Redis is full. If an invite asks for a fact, a wrong answer is counted instead, and
-- the fifth locks it. No invite comes twice in one call.
--
-- KEYS 1 due:{gg}        expiries not yet settled
--      2 sum:{gg}:<day>  counters of ARGV[1]'s day
--      3 sum:{gg}:now    gauges
--      4 aud:{gg}        the audit
--      5 log:{gg}:<h>    the ledger (layout: store/invites/ledger.hpp), one of each invite
--      6 inv:{gg}:<h>    then the right to redeem, one of each
--      7 ses:{gg}:<h>    then the session, one of each: redeemed_at ms (6 bytes), exp ms (6), jti (16), key id (4), hash of the
--                        redeem key (16 or 0)
-- ARGV 1 two doubles, big endian: day (whole days since 1970 UTC), session's time to live (whole seconds)
--      2 ids of the keys held, 4 bytes each
--      then of each invite: 3 h, 16 bytes   4 the session from its jti on   5 sealed actor
--      6 hash of the answer, 16 bytes; '' if there is none
--      7 hash of the same answer as older servers wrote it; '' if it is the same, or there is none
--
-- Replies {one of these for each invite}; for one invite alone without the list around it
--           session ‖ ledger, one text: won, now or earlier with this redeem key; the session is 12 bytes and ARGV[4]
--           {'already_redeemed'} {'revoked'} {'replaced'} {'expired'} {'lost'} {'unknown'}
--           {'wrong', attempts left, ledger}       wrong answer; the ledger is the one before
--           {'unanswered', attempts left, ledger}  no answer was given; not counted
--           {'locked', 0, ledger}                  every answer is refused
--           {'key'}                                sealed under a key the caller does not hold; nothing claimed
--         {'day', today}  nothing written: call again with today's key
local due, sum, gauge, aud = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local call = redis.call
local n = (#ARGV - 2) / 5
local day, ttl = struct.unpack('>dd', ARGV[1])
-- include moment
if today ~= day then return {'day', today} end
-- include count
-- include audit
-- include ledger

-- First all that is read, then all writes. A redemption is mostly alone, and each list and each function costs it 0.1 to
-- 0.3 µs: so there are few.
local logs = n == 1 and {call('GET', KEYS[5])} or call('MGET', unpack(KEYS, 5, 4 + n)) -- of KEYS 5
local replies, owners, tries_of = {}, {}, nil -- tries_of: how many wrong answers those have that were given one now
local held, ends = ARGV[2], (time[1] + ttl) * 1000
local times = struct.pack('>I6I6', ms, ends)

for i = 1, n do
  local log, reply = logs[i], nil
  if not log then
    reply = {'unknown'}
  else
    local state, flags, tries, key, _, expires = struct.unpack('>xc1BBc4I6I6', log)
    local owner = struct.unpack('>Bc0', log, PROVIDER + 1)
    owners[i] = owner
    if state == 'r' then
      local redeem_key = ARGV[5 * i - 1]:sub(21)
      local ses = KEYS[4 + 2 * n + i] -- of KEYS 7
      local session = redeem_key ~= '' and call('GET', ses)
      if session and session:sub(33) == redeem_key then reply = session .. log else reply = {'already_redeemed'} end
    elseif state ~= 'p' then
      reply = {state == 'v' and 'revoked' or state == 's' and 'replaced' or 'expired'}
    elseif expires <= ms then
      reply = {'expired'}
    else
      local at = held:find(key, 1, true)
      while at and at % 4 ~= 1 do at = held:find(key, at + 1, true) end
      if not at then
        reply = {'key'}
      elseif flags % (2 * ASKS_FOR_FACT) >= ASKS_FOR_FACT then -- the hashes are after the provider
        local answer, older, hashes = ARGV[5 * i + 1], ARGV[5 * i + 2], PROVIDER + 2 + #owner
        local right = log:sub(hashes, hashes + 15)
        if struct.unpack('>I6', log, LOCKED + 1) ~= 0 then
          reply = {'locked', 0, log}
        elseif answer == '' then
          reply = {'unanswered', 5 - tries, log}
        elseif answer ~= right and older ~= right then
          if answer ~= log:sub(hashes + 16, hashes + 31) then -- the same answer twice in a row is a double click
            tries, tries_of = tries + 1, tries_of or {}
            tries_of[i] = tries
          end
          reply = {'wrong', 5 - tries, log}
        end
      end
    end
  end
  replies[i] = reply or false -- false: the right decides
end

-- include redeem_times
-- Commands get numbers as texts, because Redis prints a double with 17 digits, which costs more.
local until_ms = string.format('%d', ends)
local run, run_owner, run_bucket, run_unseen = 0, nil, nil, nil -- so many redeemed one after the other count alike
for i = 1, n + 1 do
  local reply, owner, log, bucket, unseen = replies[i], owners[i], logs[i], nil, nil
  local log_key, inv, ses = KEYS[4 + i], KEYS[4 + n + i], KEYS[4 + 2 * n + i] -- of KEYS 5, 6, 7
  local h, actor = ARGV[5 * i - 2], ARGV[5 * i]
  if reply == false then
    -- The first write needs no memory, so that the rest goes through when memory is full. A key of another type is no
    -- right, and stops no other invite.
    if type(redis.pcall('GETDEL', inv)) == 'string' then
      local session = times .. ARGV[5 * i - 1]
      replies[i] = session .. log
      if call('ZREM', due, h .. owner) == 1 then -- otherwise it was counted as expired, and then the clock was set back
        local took = (ms - struct.unpack('>I6', log, CREATED + 1)) / 1000
        bucket = 1
        while took > redeem_times[bucket] and bucket < #redeem_times do bucket = bucket + 1 end
        unseen = struct.unpack('>I6', log, VIEWED + 1) == 0 -- opening it is its first view
      end
      local viewed, now_ms = log:sub(VIEWED + 1, ENDED), times:sub(1, 6)
      if unseen then viewed = now_ms end
      call('SETRANGE', log_key, STATE_TEXT, 'r' .. log:sub(FLAGS + 1, VIEWED) .. viewed .. now_ms) -- to ENDED
      call('SET', ses, session, 'PXAT', until_ms)
      audit('r', h, owner, actor)
    elseif struct.unpack('>I6', log, EXPIRES + 1) - ms < 60000 then
      replies[i] = {'expired'} -- Redis expires it natively, a little early if its clock was moved
    else
      replies[i] = {'lost'}
      local flags = log:byte(FLAGS + 1)
      if flags % (2 * IS_LOST) < IS_LOST then -- counted once
        call('SETRANGE', log_key, FLAGS, string.char(flags + IS_LOST))
        call('SETRANGE', log_key, LOST, struct.pack('>I6', ms))
        count('lost', owner)
      end
    end
  elseif tries_of and tries_of[i] then
    -- The same here, so that no guess is free. A pending invite has no session: Redis takes its deletion for a write all
    -- the same.
    call('DEL', ses)
    call('SETRANGE', log_key, WRONG_ANSWERS, string.char(tries_of[i]))
    call('SETRANGE', log_key, PROVIDER + 17 + #owner, ARGV[5 * i + 1])
    audit('a', h, owner, actor, 'wrong_answer')
    if tries_of[i] == 5 then
      call('SETRANGE', log_key, LOCKED, struct.pack('>I6', ms))
      count('locked', owner)
      audit('k', h, owner, actor)
    end
  elseif reply and reply[1] == 'already_redeemed' then
    local flags = log:byte(FLAGS + 1)
    if flags % (2 * AGAIN_NOTED) < AGAIN_NOTED -- noted once; not noted if memory is full
      and type(redis.pcall('SETRANGE', log_key, FLAGS, string.char(flags + AGAIN_NOTED))) == 'number' then
      audit('2', h, owner, actor, 'already_redeemed')
    end
  end
  if run > 0 and (bucket ~= run_bucket or owner ~= run_owner or unseen ~= run_unseen) then
    local times_counted = run > 1 and run or nil
    if run_unseen then count('viewed', run_owner, times_counted) end
    count('redeemed', run_owner, times_counted)
    count('ttr:' .. redeem_times[run_bucket], run_owner, times_counted)
    call('HINCRBY', gauge, 'pending|' .. run_owner, '-' .. run)
    run = 0
  end
  if bucket then run, run_owner, run_bucket, run_unseen = run + 1, owner, bucket, unseen end
end
return n == 1 and replies[1] or replies
