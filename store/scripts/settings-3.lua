-- Sets what is set for one provider, all of it at once.
--
-- KEYS 1 prv:{gg}:<provider>  the settings (layout: store/provider_settings.hpp)
--      2 sum:{gg}:now         gauges: their fields say which providers there are
--      3 aud:{gg}             the audit
-- ARGV 1 provider     2 the settings, '' for none     3 sealed actor
--      4 what the settings must be now; left out by a caller who does not care
--
-- Replies {'set'} {'other'}  'other': they are not ARGV[4], and stay
local call = redis.call
if ARGV[4] and (call('GET', KEYS[1]) or '') ~= ARGV[4] then return {'other'} end
if ARGV[2] == '' then
  call('DEL', KEYS[1])
else
  call('SET', KEYS[1], ARGV[2])
end
call('HSETNX', KEYS[2], 'pending|' .. ARGV[1], 0) -- a provider is known before its first invite
call('XADD', KEYS[3], '*', 'a', 't', 'h', '', 'p', ARGV[1], 's', ARGV[3])
return {'set'}
