-- The one reading of the clock. Needs call; gives time (s, µs), now (µs), ms and today (whole, of UTC).
local time = call('TIME')
local now = time[1] * 1e6 + time[2]
local ms = (now - now % 1000) / 1000
local today = (ms - ms % 86400000) / 86400000
