-- Takes a token from the bucket and makes an invite, whole; or writes nothing. `made` is the reply. No function, because
-- one costs the script 1 µs in each call. Commands get numbers as texts, because Redis prints a double with 17 digits,
-- which costs more. Needs log_key, inv, handle_and_ttl, creator, before and after of the invite, and made; call, idx,
-- provider, retention, ms, and all that bucket.lua gives; and the locals first_at, first_member and more_due, in which it
-- leaves what is due: a list only from the second invite on, because mostly there is one. enter_made.lua comes last.
local backlog = tat + T - now
if backlog > limit then
  made = {'limited', math.ceil((backlog - limit) / 1000)}
else
  local h, ttl = struct.unpack('>c16I6', handle_and_ttl)
  local expires = ms + ttl
  made = struct.pack('>I6I6I6', expires, (limit - backlog) / T + 1e-6, math.ceil(backlog / 1000)) -- rounds tokens down
  local ledger = before .. struct.pack('>I6I6', ms, expires) .. after
  if call('SET', log_key, ledger, 'PXAT', string.format('%d', expires + retention), 'NX') then
    local at, member = string.format('%d', expires), h .. provider
    call('SET', inv, '1', 'PXAT', at)
    call('XADD', idx, '*', 'h', h, 'c', creator)
    if first_at then
      more_due = more_due or {}
      more_due[#more_due + 1], more_due[#more_due + 2] = at, member
    else
      first_at, first_member = at, member
    end
    tat = tat + T
  else
    -- The same handle again: this call was sent twice. It has happened already; say so, and charge nothing.
    made = call('GETRANGE', log_key, 14, 19) .. made:sub(7)
  end
end
