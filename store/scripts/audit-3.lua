-- A page of a provider's audit, newest first: its events in the stream of its group, merged with its
-- creations. Writes nothing.
--
-- KEYS 1 aud:{gg}             a (action), h, p (provider), s (sealed actor) and perhaps o (outcome), n (count), in this order
--      2 idx:{gg}:<provider>  h, c (sealed creator)
--      3 log:{gg}:<h>         the ledger; only if one invite is asked for
-- ARGV 1 newest event, as XREVRANGE takes it   2 newest creation     3 oldest of both, ms
--      4 most events to look at                5 most creations      6 most to reply
--      7 provider                              8 h, 16 bytes; only with KEYS[3]
--
-- Replies {id of the last event looked at or '', id of the last creation looked at or '', 1 if there may be more else 0,
--          {{id, action, h, sealed actor, outcome or '', count or ''}, ...}}
local provider, wanted = ARGV[7], ARGV[8]
local most_events, most_creations, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local oldest, more_events, more_creations = tonumber(ARGV[3]), true, true
local day = 86400000

-- include ledger_reader
local created, creations
if wanted then
  local log = redis.call('GET', KEYS[3])
  if log and provider_of(log) == provider then created = time_of(log, CREATED) end
end
if created then -- finds its creation by its time; ARGV[2] may be below it
  for _, entry in ipairs(redis.call('XRANGE', KEYS[2], string.format('%.0f', created), '+', 'COUNT', most_creations)) do
    if entry[2][2] == wanted then
      creations, more_creations = redis.call('XRANGE', KEYS[2], entry[1], ARGV[2], 'COUNT', 1), false
      -- By the entry's own time: the ledger's may be a millisecond before it.
      local at = tonumber(entry[1]:match('^%d+'))
      if creations[1] and creations[1][1] ~= entry[1] or at < oldest then creations = {} end
      break
    end
  end
  oldest = math.max(oldest, created - day) -- its events came later; a clock may have been set back a little
end

local from = string.format('%.0f', math.max(oldest, 0))
local events = redis.call('XREVRANGE', KEYS[1], ARGV[1], from, 'COUNT', most_events)
if #events < most_events then more_events = false end
if not creations then
  creations = redis.call('XREVRANGE', KEYS[2], ARGV[2], from, 'COUNT', most_creations)
  if #creations < most_creations then more_creations = false end
end

local function is_newer_or_same(one, other)
  local ms, seq = one:match('^(%d+)-(%d+)$')
  local other_ms, other_seq = other:match('^(%d+)-(%d+)$')
  ms, other_ms = tonumber(ms), tonumber(other_ms)
  return ms > other_ms or ms == other_ms and tonumber(seq) >= tonumber(other_seq)
end

local function event_row(id, f)
  if f[1] ~= 'a' or f[3] ~= 'h' or f[5] ~= 'p' or f[6] ~= provider or f[7] ~= 's' then return nil end
  if wanted and f[4] ~= wanted then return nil end
  local n = f[9] == 'n' and f[10] or f[11] == 'n' and f[12] or ''
  return {id, f[2], f[4], f[8], f[9] == 'o' and f[10] or '', n}
end

local function creation_row(id, f)
  if f[1] ~= 'h' or f[3] ~= 'c' or wanted and f[2] ~= wanted then return nil end
  return {id, 'c', f[2], f[4], '', ''}
end

local out, last_event, last_creation, more, e, c = {}, '', '', 0, 1, 1
while true do
  local event, creation, row = events[e], creations[c]
  if not event and not creation and not more_events and not more_creations then break end
  -- Stop here: the next entry of the other stream may be older than an entry that was not looked at.
  if #out == most or not event and more_events or not creation and more_creations then
    more = 1
    break
  end
  if event and (not creation or is_newer_or_same(event[1], creation[1])) then
    row, last_event, e = event_row(event[1], event[2]), event[1], e + 1
  else
    row, last_creation, c = creation_row(creation[1], creation[2]), creation[1], c + 1
  end
  if row then out[#out + 1] = row end
end
return {last_event, last_creation, more, out}
