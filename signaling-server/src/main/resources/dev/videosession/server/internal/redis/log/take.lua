-- Takes the messages that wait for a connection, if this server owns it.
-- KEYS: 1 connections, 2 mail of the connection
-- ARGV: connection, own epoch
-- Result: messages, oldest first
local record = redis.call('HGET', KEYS[1], ARGV[1])
if not record or string.match(record, '^(%d+) ') ~= ARGV[2] then
    return {}
end
local messages = {}
for index, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do
    messages[index] = entry[2][2]
end
redis.call('DEL', KEYS[2])
return messages
