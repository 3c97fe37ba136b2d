-- What an idempotency key was given before. `once` is a fingerprint (16 bytes) and what is kept with it; between the two,
-- the record in Redis has expires_at. Needs all that bucket.lua gives, and the locals earlier_answer and record_of, which
-- it sets.
function earlier_answer(record, once)
  local left, full = math.floor((limit - (tat - now)) / T + 1e-6), math.ceil((tat - now) / 1000)
  local expires = struct.unpack('>I6', record, 17)
  if record:sub(1, 16) ~= once:sub(1, 16) then return {'reused', 0, left, full} end
  return {'replayed', expires, left, full, record:sub(23)}
end
function record_of(once, made) return once:sub(1, 16) .. made:sub(1, 6) .. once:sub(17) end
