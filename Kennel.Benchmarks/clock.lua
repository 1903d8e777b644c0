-- The monotonic clock in milliseconds, for the scripts of wrk.
local ffi = require("ffi")
ffi.cdef([[
    typedef struct { long seconds; long nanoseconds; } kennel_time;
    int clock_gettime(int clock, kennel_time *time);
]])
local monotonic = 1
local time = ffi.new("kennel_time")

return function()
    ffi.C.clock_gettime(monotonic, time)
    return tonumber(time.seconds) * 1000 + tonumber(time.nanoseconds) / 1e6
end
