-- The earlier answer to an idempotency key. Needs call, idem (nil: the caller has none), fingerprint, and all
-- that bucket.lua gives.
if idem then
  local known = call('GET', idem)
  if known then
    local left, full = math.floor((limit - (tat - now)) / T + 1e-6), math.ceil((tat - now) / 1000)
    if known:sub(1, 16) ~= fingerprint then return {'reused', 0, left, full} end
    return {'replayed', struct.unpack('>I6', known, 17), left, full, known:sub(23)}
  end
end
