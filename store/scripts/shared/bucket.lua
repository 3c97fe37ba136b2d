-- The provider's bucket (GCRA). Needs call, lim, T (µs between two tokens), burst and now (µs); gives limit and tat: what
-- is spent is tat - now. corrected: tat is not what lim says.
local limit = burst * T
local tat, corrected, bucket = now, false, call('GET', lim)
if bucket then
  local old
  tat, old = struct.unpack('>dd', bucket)
  -- The rate was changed: keep the same backlog in tokens. A clock that was set back must not lock a provider
  -- out.
  if old ~= T then tat, corrected = now + (tat - now) * (T / old), true end
  if tat > now + limit then tat, corrected = now + limit, true end
  if tat < now then tat = now end
end
