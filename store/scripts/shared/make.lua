-- make() takes a token from the bucket and makes an invite, whole; or it answers 'limited' and writes nothing.
-- enter_made(), once and last, enters those made with the provider and writes its bucket. Commands get numbers as texts,
-- because Redis prints a double with 17 digits, which costs more. Needs call, idx, due, gauge, lim, provider, retention,
-- ms, count(), and all that bucket.lua gives.
local format, pack, dues = string.format, struct.pack, {}
local function make(log_key, inv, handle_and_ttl, creator, before, after)
  local backlog = tat + T - now
  if backlog > limit then return {'limited', math.ceil((backlog - limit) / 1000)} end
  local h, ttl = struct.unpack('>c16I6', handle_and_ttl)
  local expires = ms + ttl
  local made = pack('>I6I6I6', expires, (limit - backlog) / T + 1e-6, math.ceil(backlog / 1000)) -- rounds tokens down
  local ledger = before .. pack('>I6I6', ms, expires) .. after
  if not call('SET', log_key, ledger, 'PXAT', format('%d', expires + retention), 'NX') then
    -- The same handle again: this call was sent twice. It has happened already; say so, and charge nothing.
    return call('GETRANGE', log_key, 14, 19) .. made:sub(7)
  end
  local at = format('%d', expires)
  call('SET', inv, '1', 'PXAT', at)
  call('XADD', idx, '*', 'h', h, 'c', creator)
  local next_due = #dues + 1
  dues[next_due], dues[next_due + 1] = at, h .. provider
  tat = tat + T
  return made
end

local function enter_made()
  local full, made = math.ceil((tat - now) / 1000), #dues / 2
  if made > 0 then
    if made == 1 then made = nil end
    call('ZADD', due, unpack(dues))
    count('created', provider, made)
    call('HINCRBY', gauge, 'pending|' .. provider, made or '1')
    call('SET', lim, pack('>dd', tat, T), 'PXAT', format('%d', ms + full))
  elseif corrected then
    -- Kept, because otherwise every call would correct the backlog again and it would never shrink. A full
    -- memory changes no answer.
    redis.pcall('SET', lim, pack('>dd', tat, T), 'PX', full)
  end
end
