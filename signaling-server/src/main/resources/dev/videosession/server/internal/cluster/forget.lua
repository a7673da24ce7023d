-- Takes a session from the list of a node if the node owns no connection in it.
-- KEYS: the list, the session's connections ("EPOCH ..."). ARGV: session, epoch. Returns 1 if the node owns a connection.
local owner = '^' .. ARGV[2] .. ' '
for _, record in ipairs(redis.call('HVALS', KEYS[2])) do
    if string.find(record, owner) then
        return {1}
    end
end
redis.call('SREM', KEYS[1], ARGV[1])
return {0}
