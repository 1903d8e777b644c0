-- For wrk, with one thread: posts the same signed body, each time as a new delivery. After some seconds it begins no more
-- and only waits for the answers that are due, so that what was accepted can be held against what was kept.
-- Arguments: seconds, the body's file, its signature, the name of this run.
local here = debug.getinfo(1, "S").source:match("^@(.*/)")
local now_milliseconds = dofile(here .. "clock.lua")
local rest_milliseconds = 3600 * 1000
local thread_of_this_run

function setup(thread)
    thread_of_this_run = thread
end

function init(arguments)
    local seconds, body_file, signature, run = unpack(arguments)
    local file = assert(io.open(body_file, "rb"))
    local body = file:read("*a")
    file:close()
    head = table.concat({
        "POST " .. wrk.path .. " HTTP/1.1",
        "Host: " .. wrk.headers["Host"],
        "Content-Type: application/json",
        "Content-Length: " .. #body,
        "X-Forgejo-Event: push",
        "X-Forgejo-Signature: " .. signature,
        "X-Forgejo-Delivery: " .. run .. "-",
    }, "\r\n")
    tail = "\r\n\r\n" .. body
    number = 0
    good = 0
    accepted = 0
    bad = 0
    began = now_milliseconds()
    last = began
    stop = began + seconds * 1000
end

function delay()
    return now_milliseconds() < stop and 0 or rest_milliseconds
end

function request()
    number = number + 1
    return head .. number .. tail
end

function response(status)
    if status < 200 or status > 299 then
        bad = bad + 1
        return
    end
    good = good + 1
    accepted = accepted + (status == 202 and 1 or 0)
    last = now_milliseconds()
end

function done(summary, latency)
    local errors = summary.errors
    local thread = thread_of_this_run
    io.write(string.format(
        "result %.0f %.2f %.2f %d %d %d %d\n",
        thread:get("good") / (thread:get("last") - thread:get("began")) * 1000,
        latency:percentile(50) / 1000,
        latency:percentile(99) / 1000,
        thread:get("good"),
        thread:get("accepted"),
        thread:get("bad"),
        errors.connect + errors.read + errors.write + errors.timeout
    ))
end
