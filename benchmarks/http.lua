-- What wrk sends: events that never repeat, one or many in a request.
-- Arguments after `--`: the API key, and how many events a request brings.
local key, many = "", 1
local community = "lantern-lane"
local run = tostring(os.time()) .. "-" .. tostring(math.random(1, 1000000000))
local words = {
  "thank", "you", "for", "the", "answer", "I", "think", "this", "is", "wrong", "because", "of",
  "figures", "from", "last", "year", "what", "do", "others", "say", "about", "library", "hours",
}
local count, place = 0, 0

function setup(thread)
  place = place + 1
  thread:set("place", place)
end

function init(args)
  key, many = args[1], tonumber(args[2])
  math.randomseed(place)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. key
end

local function text()
  local said = {}
  for i = 1, 20 do
    said[i] = words[math.random(#words)]
  end
  return table.concat(said, " ")
end

local function event()
  count = count + 1
  return string.format(
    '{"id":"%s-%d-%d","source":"bench.example","type":"post.created","time":"%s",'
      .. '"community":"' .. community .. '","data":{"post":{"id":"p%d","text":"%s","thread":"t%d"},'
      .. '"author":{"id":"u%d","joined":"2026-01-01T00:00:00Z","roles":["member"]}}}',
    run, place, count, os.date("!%Y-%m-%dT%H:%M:%SZ"), count, text(),
    math.random(500), math.random(5000))
end

function request()
  if many == 1 then
    return wrk.format(nil, "/v1/decisions", nil, event())
  end
  local events = {}
  for i = 1, many do
    events[i] = event()
  end
  return wrk.format(nil, "/v1/decisions", nil, "[" .. table.concat(events, ",") .. "]")
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %.2f, "failed": %d, "p50_ms": %.2f, "p99_ms": %.2f}\n',
    summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
