-- Where a ledger has what (layout: store/invites/ledger.hpp), and its flags. The places count from 0 on, as SETRANGE and
-- GETRANGE do; byte, sub and struct.unpack want one more.
local STATE, FLAGS, WRONG_ANSWERS, KEY_ID, CREATED, EXPIRES, VIEWED, ENDED = 1, 2, 3, 4, 8, 14, 20, 26
local ASKED, LOCKED, LOST, SUCCESSOR, BLIND_INDEX, PROVIDER = 32, 38, 44, 50, 66, 74
local STATE_TEXT, VIEWED_TEXT = '1', '20' -- for hot commands: to print a number costs Redis 1 to 2 µs
local IS_LOST, IS_ERASED, ASKS_FOR_FACT, AGAIN_NOTED = 1, 2, 4, 8 -- flags
local HAS_EXTERNAL_ID = 32 -- another; 16 is kept free
local GO_WITH_RECORD = ASKS_FOR_FACT + HAS_EXTERNAL_ID -- what they say is there is erased with the record
