-- For wrk, with one thread: counts good answers and the longest time between two of them, by the monotonic clock.
local here = debug.getinfo(1, "S").source:match("^@(.*/)")
local now_milliseconds = dofile(here .. "clock.lua")
local thread_of_this_run

function setup(thread)
    thread_of_this_run = thread
end

function init()
    good = 0
    bad = 0
    longest_gap = 0
    last = nil
end

function response(status)
    if status < 200 or status > 299 then
        bad = bad + 1
        return
    end
    local now = now_milliseconds()
    if last and now - last > longest_gap then
        longest_gap = now - last
    end
    last = now
    good = good + 1
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "result %d %d %d %d %d %d %.1f %.2f\n",
        thread_of_this_run:get("good"),
        thread_of_this_run:get("bad"),
        errors.connect, errors.read, errors.write, errors.timeout,
        thread_of_this_run:get("longest_gap"),
        latency:percentile(99) / 1000
    ))
end
