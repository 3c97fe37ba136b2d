-- Appends to the audit stream: the actor (sealed; '' for the system itself), the action (a letter of
-- store/audit/audit_event.hpp) and the outcome (nil: it was done). Needs aud.
local function audit(action, h, provider, actor, outcome)
  if outcome then
    redis.call('XADD', aud, '*', 'a', action, 'h', h, 'p', provider, 's', actor, 'o', outcome)
  else
    redis.call('XADD', aud, '*', 'a', action, 'h', h, 'p', provider, 's', actor)
  end
end
