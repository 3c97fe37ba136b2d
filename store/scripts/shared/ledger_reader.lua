-- Reads a ledger. Includes ledger. A hot script does without, because the functions cost it 0.2 µs in each call.
-- include ledger
local function time_of(log, place) return (struct.unpack('>I6', log, place + 1)) end -- ms; 0 for never
local function has(log, flag) return log:byte(FLAGS + 1) % (2 * flag) >= flag end
local function provider_of(log) return (struct.unpack('>Bc0', log, PROVIDER + 1)) end
local function state_now(log, ms) -- its letter, but 'x' as soon as it has expired, whether that was settled yet or not
  local state = log:sub(STATE + 1, STATE + 1)
  if state == 'p' and time_of(log, EXPIRES) <= ms then return 'x' end
  return state
end
