-- The provider's bucket (GCRA). Needs lim, T (µs between two tokens), burst and now (µs); gives limit and tat: what is
-- spent is tat - now.
local limit = burst * T
local tat, bucket = now, redis.call('GET', lim)
if bucket then
  local old
  tat, old = struct.unpack('>dd', bucket)
  if old ~= T then tat = now + (tat - now) * (T / old) end -- the rate was changed: the same backlog in tokens
  if tat > now + limit then tat = now + limit end          -- a clock set back must not lock a provider out
  if tat < now then tat = now end
end
