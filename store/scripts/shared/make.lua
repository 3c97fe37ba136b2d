-- Charges the bucket and makes the invite that ARGV[1] to ARGV[6] describe (create-8.lua), or answers
-- 'limited' or 'day' and writes only a corrected bucket. Needs call, inv, log_key, idx, due, sum, gauge, lim,
-- idem, fingerprint, once (what idem keeps), provider, day, ttl, retention, ms, today, count(), and all that
-- bucket.lua gives; gives made, the reply. Commands get numbers as texts, because Redis prints a double with
-- 17 digits, which costs more.
local backlog = tat + T - now
if backlog > limit then
  -- Kept, because otherwise every call would correct the backlog again and it would never shrink. A full
  -- memory changes no answer.
  if corrected then redis.pcall('SET', lim, struct.pack('>dd', tat, T), 'PX', math.ceil((tat - now) / 1000)) end
  return {'limited', math.ceil((backlog - limit) / 1000)}
end

if today ~= day then return {'day', today} end

local format = string.format
local expires, left, full = ms + ttl, (limit - backlog) / T + 1e-6, math.ceil(backlog / 1000)
local made = struct.pack('>I6I6I6', expires, left, full) -- which rounds the tokens left down to whole ones
local ledger = ARGV[5] .. struct.pack('>I6I6', ms, expires) .. ARGV[6]
if not call('SET', log_key, ledger, 'PXAT', format('%d', expires + retention), 'NX') then
  -- The same handle again: this call was sent twice. It has happened already; say so, and charge nothing.
  return call('GETRANGE', log_key, 14, 19) .. made:sub(7)
end
local at = format('%d', expires)
call('SET', inv, '1', 'PXAT', at)
call('XADD', idx, '*', 'h', ARGV[2], 'c', ARGV[4])
call('ZADD', due, at, ARGV[2] .. provider)
count('created', provider)
call('HINCRBY', gauge, 'pending|' .. provider, '1')
call('SET', lim, struct.pack('>dd', tat + T, T), 'PXAT', format('%d', ms + full))
if idem then call('SET', idem, fingerprint .. struct.pack('>I6', expires) .. once, 'PX', '86400000') end
