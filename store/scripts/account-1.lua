-- Adds, replaces or deletes a staff account, unless it has changed since the caller read it.
--
-- KEYS 1 usr:<hash>  the account: key id (4), sealed (layout: store/staff/account.hpp)
-- ARGV 1 the account, '' to delete it     2 what it must be now, '' for none
--
-- Replies {'set'} {'other'}  'other': it is not ARGV[2], and stays
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[2] then return {'other'} end
if ARGV[1] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1])
end
return {'set'}
