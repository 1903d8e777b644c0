-- For wrk, with one thread: asks whether certificates may be had, for names that are served or for such as are not.
-- Arguments: the status that every answer must have, and the name, in which %d is counted up.
local thread_of_this_run

function setup(thread)
    thread_of_this_run = thread
end

function init(arguments)
    expected = tonumber(arguments[1])
    name = arguments[2]
    count = 0
    other = 0
end

function request()
    count = count + 1
    return wrk.format("GET", "/internal/tls/ask?domain=" .. name:gsub("%%d", tostring(count)))
end

function response(status)
    if status ~= expected then
        other = other + 1
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "result %d %.3f %.3f %d %d\n",
        summary.requests / (summary.duration / 1000000),
        latency:percentile(50) / 1000,
        latency:percentile(99) / 1000,
        thread_of_this_run:get("other"),
        errors.connect + errors.read + errors.write + errors.timeout
    ))
end
