-- Passes a message to the server that owns a connection.
-- KEYS: 1 connections
-- ARGV: prefix of the channels of nodes, connection, frame
-- Result: {number of servers that got it}
local record = redis.call('HGET', KEYS[1], ARGV[2])
if not record then
    return {0}
end
return {redis.call('PUBLISH', ARGV[1] .. string.match(record, '^(%d+) '), ARGV[3])}
