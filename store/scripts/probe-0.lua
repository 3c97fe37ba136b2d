-- Which of some calls its caller may not make: by his access control list, or because Redis knows no such command. Asked at
-- each connect, since a script that meets one stops half done. Declares no key, for it names some and touches none.
--
-- ARGV a call each, its words between spaces
--
-- Replies {the places in ARGV, from 1 on, of those that may not be}
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
