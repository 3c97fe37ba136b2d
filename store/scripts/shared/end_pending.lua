-- Ends a pending invite at ms: removes its right to redeem, and moves it from pending to the state of the
-- letter and the event. The first write is DEL, which needs no memory. Needs ending_inv, ending_log, due,
-- gauge, provider, ms and count(); includes ledger.
-- include ledger
local function end_pending(h, letter, event)
  redis.call('DEL', ending_inv)
  redis.call('SETRANGE', ending_log, STATE, letter)
  redis.call('SETRANGE', ending_log, ENDED, struct.pack('>I6', ms))
  if redis.call('ZREM', due, h .. provider) == 1 then -- otherwise it was counted as expired, and then the clock was set back
    count(event, provider)
    redis.call('HINCRBY', gauge, 'pending|' .. provider, '-1')
  end
end
