-- A sign-in and its account, at one instant.
--
-- KEYS 1 usr:<hash>            the account (account-1.lua)
--      2 sin:{usr:<hash>}:<h>  the sign-in: key id (4), sealed (layout: store/staff/sign_ins.hpp); native TTL
--
-- Replies {'open', account, sign-in, now ms, ms left of it} {'unknown'}
local call = redis.call
local account, sign_in = call('GET', KEYS[1]), call('GET', KEYS[2])
-- include moment
local left = call('PTTL', KEYS[2])
-- In its last millisecond Redis has it still; and one without an end was not put there by us.
if not account or not sign_in or left <= 0 then return {'unknown'} end
return {'open', account, sign_in, ms, left}
