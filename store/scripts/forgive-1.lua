-- Takes back an attempt that attempt-1.lua has counted: it was none, or not a wrong one.
--
-- KEYS 1 thr:<hash>  as there
-- ARGV 1 its time, ms
--
-- Replies {1} {0}  0: it has been forgotten already
local known, gone = redis.call('GET', KEYS[1]) or '', struct.pack('>I6', tonumber(ARGV[1]))
for at = 1, #known, 6 do
  if known:sub(at, at + 5) == gone then
    local left = known:sub(1, at - 1) .. known:sub(at + 6)
    if left == '' then
      redis.call('DEL', KEYS[1])
    else
      redis.call('SET', KEYS[1], left, 'KEEPTTL')
    end
    return {1}
  end
end
return {0}
