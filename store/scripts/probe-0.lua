-- Which of some calls the user may not make: by the access control list, or because Redis has no such
-- command. It is asked at each connect, because a script that meets such a call stops half done. It declares
-- no key, because it touches none.
--
-- ARGV a call each, its words between spaces
--
-- Replies {the indices in ARGV, from 1 on, of the forbidden ones}
--         nil  this Redis cannot tell
if not redis.acl_check_cmd then return false end
local forbidden = {}
for i, example in ipairs(ARGV) do
  local words = {}
  for word in example:gmatch('%S+') do words[#words + 1] = word end
  local known, allowed = pcall(redis.acl_check_cmd, unpack(words))
  if not known or not allowed then forbidden[#forbidden + 1] = i end
end
return forbidden
