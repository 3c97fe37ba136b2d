-- Takes back an attempt that attempt-2.lua has counted, because it was not wrong or was not checked.
--
-- KEYS 1 thr:{thr:<hash>}:<h> or thr:<hash>  as there
--      2 thr:<hash>  as there, if it was counted there, too; may be left out
-- ARGV 1 its time, ms
--
-- Replies {in how many it was still there}
local gone, found = struct.pack('>I6', tonumber(ARGV[1])), 0
local wider = KEYS[2]
for i = 1, wider and 2 or 1 do
  local known = redis.call('GET', KEYS[i]) or ''
  for at = 1, #known, 6 do
    if known:sub(at, at + 5) == gone then
      local left = known:sub(1, at - 1) .. known:sub(at + 6)
      if left == '' then
        redis.call('DEL', KEYS[i])
      else
        redis.call('SET', KEYS[i], left, 'KEEPTTL')
      end
      found = found + 1
      break
    end
  end
end
return {found}
