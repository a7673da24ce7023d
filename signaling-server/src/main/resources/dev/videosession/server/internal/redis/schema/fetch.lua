-- Reads what is kept of one connection, for the node that takes it over.
-- KEYS: 1 connections
-- ARGV: prefix of the session's keys, connection, streams of the connection
-- Result: {record or '', how it ended or '', replies (id, reply, ...), ids of the replies in order, links}
local prefix, id = ARGV[1], ARGV[2]
local record = redis.call('HGET', KEYS[1], id)
if not record then
    return {'', redis.call('GET', prefix .. 'ended:' .. id) or '', {}, {}, {}}
end
local links = {}
local subscriptions = redis.call('HGETALL', prefix .. 'subscriptions:' .. id)
for i = 1, #subscriptions, 2 do
    local link = redis.call('HGET', prefix .. 'links:' .. subscriptions[i + 1], subscriptions[i])
    if link then
        links[#links + 1] = link
    end
end
for i = 3, #ARGV do
    for _, link in ipairs(redis.call('HVALS', prefix .. 'links:' .. ARGV[i])) do
        links[#links + 1] = link
    end
end
return {record, '', redis.call('HGETALL', prefix .. 'replies:' .. id), redis.call('LRANGE', prefix .. 'order:' .. id, 0, -1),
    links}
