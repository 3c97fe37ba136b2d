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
-- Replies {one of these for each invite}
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

local logs = call('MGET', unpack(KEYS, 5, 4 + n)) -- of KEYS 5
local replies, owners, marks = {}, {}, {}
local open, wrong, lost, again = {}, {}, {}, {} -- numbers of invites
local ends = (time[1] + ttl) * 1000
local times = struct.pack('>I6I6', ms, ends)

local function holds(key)
  for i = 1, #ARGV[2], 4 do
    if ARGV[2]:sub(i, i + 3) == key then return true end
  end
end

-- The reply where the fact that is asked for stands in the way, otherwise nil. Its hashes are after the provider.
local function stopped_by_fact(i, log, tries)
  local answer, older, at = ARGV[5 * i + 1], ARGV[5 * i + 2], PROVIDER + 2 + #owners[i]
  if struct.unpack('>I6', log, LOCKED + 1) ~= 0 then return {'locked', 0, log} end
  if answer == '' then return {'unanswered', 5 - tries, log} end
  local right = log:sub(at, at + 15)
  if answer == right or older == right then return end
  if answer ~= log:sub(at + 16, at + 31) then -- the same answer twice in a row is a double click
    tries = tries + 1
    wrong[#wrong + 1], marks[i] = i, tries
  end
  return {'wrong', 5 - tries, log}
end

-- The reply where nothing is claimed; false where the right decides.
local function answer_pending(i, log, flags, tries, key, expires)
  if expires <= ms then return {'expired'} end
  if not holds(key) then return {'key'} end
  local stopped = flags % (2 * ASKS_FOR_FACT) >= ASKS_FOR_FACT and stopped_by_fact(i, log, tries)
  if stopped then return stopped end
  open[#open + 1] = i
  return false
end

local function answer_missing(i, log)
  local flags, expires = log:byte(FLAGS + 1), struct.unpack('>I6', log, EXPIRES + 1)
  if expires - ms < 60000 then return {'expired'} end -- Redis expires it natively, a little early if its clock was moved
  if flags % (2 * IS_LOST) < IS_LOST then lost[#lost + 1], marks[i] = i, flags + IS_LOST end -- counted once
  return {'lost'}
end

local function answer_redeemed(i, log, flags)
  local redeem_key = ARGV[5 * i - 1]:sub(21)
  local ses = KEYS[4 + 2 * n + i] -- of KEYS 7
  local session = redeem_key ~= '' and call('GET', ses)
  if session and session:sub(33) == redeem_key then return session .. log end
  if flags % (2 * AGAIN_NOTED) < AGAIN_NOTED then again[#again + 1], marks[i] = i, flags + AGAIN_NOTED end -- noted once
  return {'already_redeemed'}
end

local ended = {v = 'revoked', s = 'replaced', x = 'expired'}
for i = 1, n do
  local log = logs[i]
  if log then
    local state, flags, tries, key, _, expires = struct.unpack('>xc1BBc4I6I6', log)
    owners[i] = struct.unpack('>Bc0', log, PROVIDER + 1)
    if state == 'p' then
      replies[i] = answer_pending(i, log, flags, tries, key, expires)
    elseif state == 'r' then
      replies[i] = answer_redeemed(i, log, flags)
    else
      replies[i] = {ended[state]}
    end
  else
    replies[i] = {'unknown'}
  end
end

local members, won, taken, due_at = {}, {}, {}, nil -- won: places in open
for k, i in ipairs(open) do members[k] = ARGV[5 * i - 2] .. owners[i] end
if #open > 1 then due_at = call('ZMSCORE', due, unpack(members)) end

-- First what needs no memory, so that the rest goes through when memory is full, and no guess is free. A pending invite
-- has no session: Redis takes its deletion for a write all the same.
for k, i in ipairs(open) do
  local inv = KEYS[4 + n + i] -- of KEYS 6
  if type(redis.pcall('GETDEL', inv)) == 'string' then -- a key of another type is no right, and stops no other invite
    won[#won + 1], taken[#taken + 1] = k, members[k]
    replies[i] = times .. ARGV[5 * i - 1] .. logs[i]
  else
    replies[i] = answer_missing(i, logs[i])
  end
end
for _, i in ipairs(wrong) do
  local ses = KEYS[4 + 2 * n + i] -- of KEYS 7
  call('DEL', ses)
end

if #won > 0 then
  local removed = call('ZREM', due, unpack(taken))
  due_at = due_at or {removed == 1}
  local tally = {}
  -- include redeem_times
  -- Commands get numbers as texts, because Redis prints a double with 17 digits, which costs more.
  local at = string.format('%d', ends)
  for _, k in ipairs(won) do
    local i = open[k]
    local log_key, ses = KEYS[4 + i], KEYS[4 + 2 * n + i] -- of KEYS 5, 7
    local owner, log = owners[i], logs[i]
    call('SETRANGE', log_key, STATE, 'r' .. log:sub(FLAGS + 1, ENDED) .. times:sub(1, 6)) -- the part that stays, ended_at
    call('SET', ses, times .. ARGV[5 * i - 1], 'PXAT', at)
    audit('r', ARGV[5 * i - 2], owner, ARGV[5 * i])
    if due_at[k] then -- otherwise it was counted as expired, and then the clock was set back
      local took, bucket = ms - struct.unpack('>I6', log, CREATED + 1), 1
      while took > redeem_times[bucket] * 1000 and bucket < #redeem_times do bucket = bucket + 1 end
      local of_owner = tally[owner] or {redeemed = 0}
      local event = 'ttr:' .. redeem_times[bucket]
      tally[owner], of_owner.redeemed, of_owner[event] = of_owner, of_owner.redeemed + 1, (of_owner[event] or 0) + 1
    end
  end
  for owner, events in pairs(tally) do
    for event, times_counted in pairs(events) do count(event, owner, times_counted > 1 and times_counted or nil) end
    call('HINCRBY', gauge, 'pending|' .. owner, -events.redeemed)
  end
end

for _, i in ipairs(wrong) do
  local log_key = KEYS[4 + i] -- of KEYS 5
  local h, actor = ARGV[5 * i - 2], ARGV[5 * i]
  call('SETRANGE', log_key, WRONG_ANSWERS, string.char(marks[i]))
  call('SETRANGE', log_key, PROVIDER + 17 + #owners[i], ARGV[5 * i + 1])
  audit('a', h, owners[i], actor, 'wrong_answer')
  if marks[i] == 5 then
    call('SETRANGE', log_key, LOCKED, struct.pack('>I6', ms))
    count('locked', owners[i])
    audit('k', h, owners[i], actor)
  end
end
for _, i in ipairs(lost) do
  local log_key = KEYS[4 + i] -- of KEYS 5
  call('SETRANGE', log_key, FLAGS, string.char(marks[i]))
  call('SETRANGE', log_key, LOST, struct.pack('>I6', ms))
  count('lost', owners[i])
end
for _, i in ipairs(again) do -- not noted if memory is full
  local log_key = KEYS[4 + i] -- of KEYS 5
  if type(redis.pcall('SETRANGE', log_key, FLAGS, string.char(marks[i]))) == 'number' then
    audit('2', ARGV[5 * i - 2], owners[i], ARGV[5 * i], 'already_redeemed')
  end
end
return replies
