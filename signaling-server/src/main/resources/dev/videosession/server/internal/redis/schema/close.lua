-- Takes a node from the readers of a session's log, and the session from the list of the node unless it owns a connection in it.
-- KEYS: 1 nodes, 2 connections
-- ARGV: epoch of the node, session
-- Result: nothing
redis.call('HDEL', KEYS[1], ARGV[1])
local owner = '^' .. ARGV[1] .. ' '
for _, record in ipairs(redis.call('HVALS', KEYS[2])) do
    if string.find(record, owner) then
        return {}
    end
end
redis.call('SREM', 'vs:node:' .. ARGV[1] .. ':sessions', ARGV[2])
return {}
