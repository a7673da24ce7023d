-- Takes the messages that wait for a connection, if this server owns it. They stay until the server says that it has them, because this
-- answer may be lost. What another reader has taken is not repeated: its client has it, or it was lost with that server.
-- KEYS: 1 connections, 2 mail of the connection, 3 the reader that has taken it ("READER ID", with the id of the last message)
-- ARGV: connection, own epoch, this reader (a copy of the session at a server), ids of messages that this reader has
-- Result: id, message, ... oldest first
local record = redis.call('HGET', KEYS[1], ARGV[1])
if not record or string.match(record, '^(%d+) ') ~= ARGV[2] then
    return {}
end
for i = 4, #ARGV do
    redis.call('XDEL', KEYS[2], ARGV[i])
end
local taken = redis.call('GET', KEYS[3])
if taken then
    local reader, last = string.match(taken, '^(%S+) (%S+)$')
    if reader ~= ARGV[3] then
        for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', last)) do
            redis.call('XDEL', KEYS[2], entry[1])
        end
    end
end
local messages = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do
    messages[#messages + 1] = entry[1]
    messages[#messages + 1] = entry[2][2]
end
if #messages > 0 then
    redis.call('SET', KEYS[3], ARGV[3] .. ' ' .. messages[#messages - 1])
end
return messages
