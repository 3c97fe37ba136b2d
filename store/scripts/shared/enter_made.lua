-- Enters what make.lua made with its provider, and writes the bucket. Needs what make.lua needs, due, sum, gauge and lim.
local full = math.ceil((tat - now) / 1000)
if first_at then
  local times = more_due and #more_due / 2 + 1
  if more_due then
    call('ZADD', due, first_at, first_member, unpack(more_due))
  else
    call('ZADD', due, first_at, first_member)
  end
  -- As count() does it, which costs 1 % of the script, because it is a function.
  if call('HINCRBY', sum, 'created|' .. provider, times or '1') == (times or 1) then
    call('EXPIRE', sum, '34560000')
  end
  call('HINCRBY', gauge, 'pending|' .. provider, times or '1')
  call('SET', lim, struct.pack('>dd', tat, T), 'PXAT', string.format('%d', ms + full))
elseif corrected then
  -- Kept, because otherwise every call would correct the backlog again and it would never shrink. A full
  -- memory changes no answer.
  redis.pcall('SET', lim, struct.pack('>dd', tat, T), 'PX', full)
end
