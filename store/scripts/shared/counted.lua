-- The counters of a provider, in the order in which a folded day keeps them.
local counted = {'created', 'viewed', 'redeemed', 'revoked', 'replaced', 'expired', 'lost', 'locked', 'asked'}
-- include redeem_times
for _, upper_end in ipairs(redeem_times) do counted[#counted + 1] = 'ttr:' .. upper_end end
