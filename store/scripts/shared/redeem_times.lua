-- The upper ends (s) of the buckets that count the times from creation to redemption. The last is the longest
-- time that an invite can be open.
local redeem_times = {60, 300, 900, 3600, 14400, 43200, 86400, 172800, 345600, 604800, 1209600, 2592000, 7776000, 315360000}
