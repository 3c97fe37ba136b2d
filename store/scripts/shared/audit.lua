-- Appends to the audit stream: who (sealed; '' for the system itself) did what (a letter of store/audit/audit_event.hpp).
-- Needs aud.
local function audit(action, h, provider, actor)
  redis.call('XADD', aud, '*', 'a', action, 'h', h, 'p', provider, 's', actor)
end
