-- Replaces all settings of one provider.
--
-- KEYS 1 prv:{gg}:<provider>  the settings (layout: store/providers/provider_settings.hpp)
--      2 sum:{gg}:now         gauges: their fields name the known providers
--      3 aud:{gg}             the audit
-- ARGV 1 provider     2 the settings, '' for none     3 sealed actor
--      4 what the settings must be now; left out if any may be replaced
--
-- Replies {'set'} {'other'}  'other': they are not ARGV[4], and stay
local prv, gauge, aud = KEYS[1], KEYS[2], KEYS[3]
if ARGV[4] and (redis.call('GET', prv) or '') ~= ARGV[4] then return {'other'} end

-- include audit
if ARGV[2] == '' then
  redis.call('DEL', prv)
else
  redis.call('SET', prv, ARGV[2])
end
redis.call('HSETNX', gauge, 'pending|' .. ARGV[1], 0) -- so that the provider is known before its first invite
audit('t', '', ARGV[1], ARGV[3])
return {'set'}
