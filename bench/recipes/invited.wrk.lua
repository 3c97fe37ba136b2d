-- Creates invites with wrk, as fast as the server answers, and judges every answer. See README.md beside it.
--
--   INVITED_PROVIDER=clinic-1 INVITED_TOKEN=... wrk -t2 -c16 -d10s --latency -s invited.wrk.lua http://127.0.0.1:8080
--
-- wrk runs setup() and done() in one Lua state, and init(), request() and response() in one of each thread's own.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

-- Globals of a thread's state, because done() reads them by name.
function init()
  good, failed, asked = 0, 0, 0
  reasons = {} -- what was wrong, and how often
  provider, token = os.getenv("INVITED_PROVIDER"), os.getenv("INVITED_TOKEN")
  if not provider or not token then
    io.stderr:write("invited.wrk.lua: INVITED_PROVIDER and INVITED_TOKEN are needed\n")
    os.exit(2)
  end
  headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
  started = os.time()
end

-- wrk asks the first thread once for a request that it only looks at, so numbers begin at 2 there.
function request()
  asked = asked + 1
  local email = string.format("patient.%d.%d.%d@example.org", started, number, asked)
  local body = string.format(
    '{"email":"%s","first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":"%s"}', email, provider)
  return wrk.format("POST", "/generate_invite", headers, body)
end

-- What is wrong with an answer; nil if nothing is. The link must lead to the invite that was made.
local function flaw(status, body)
  if status ~= 200 then return "status " .. status end
  local id = body:match('"invite_id":"(%x+%-%x+%-4%x+%-%x+%-%x+)"')
  if not id or #id ~= 36 then return "no invite_id" end
  local url = body:match('"invite_url":"([^"]+)"')
  if not url then return "no invite_url" end
  if url:sub(-#id - 1) ~= "/" .. id then return "invite_url leads elsewhere" end
  return nil
end

function response(status, _, body)
  local why = flaw(status, body)
  if not why then
    good = good + 1
    return
  end
  failed = failed + 1
  reasons[why] = (reasons[why] or 0) + 1
end

-- wrk itself ends with 0 whatever was answered, and it counts no status below 400 as an error.
function done(summary)
  local right, wrong, told = 0, 0, {}
  for _, thread in ipairs(threads) do
    right, wrong = right + thread:get("good"), wrong + thread:get("failed")
    for why, times in pairs(thread:get("reasons")) do told[why] = (told[why] or 0) + times end
  end
  for _, kind in ipairs({ "connect", "read", "write", "timeout" }) do
    local times = summary.errors[kind]
    if times > 0 then
      wrong = wrong + times
      told["socket: " .. kind] = times
    end
  end
  print(string.format("Judged: %d right, %d failed", right, wrong))
  for why, times in pairs(told) do print(string.format("  %s: %d", why, times)) end
  if right == 0 or wrong > 0 then os.exit(1) end
end
