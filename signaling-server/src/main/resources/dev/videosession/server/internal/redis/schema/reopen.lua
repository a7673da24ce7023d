-- Opens a link once more at the server that owns one of its ends: as it is now, unless it has been closed. Notices of later changes follow.
-- KEYS: 1 connections, 2 links of the stream
-- ARGV: prefix of the channels of nodes, connection, link, beginning of the frame
-- Result: {number of servers that got it}
local record = redis.call('HGET', KEYS[1], ARGV[2])
local link = redis.call('HGET', KEYS[2], ARGV[3])
if not record or not link then
    return {0}
end
local opened = string.match(link, '^%S+ %S+ (.*)$')
return {redis.call('PUBLISH', ARGV[1] .. string.match(record, '^(%d+) '), ARGV[4] .. opened .. '}')}
