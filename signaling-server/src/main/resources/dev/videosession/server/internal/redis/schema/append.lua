-- Appends one step to the log of a session, all or nothing.
-- KEYS: 1 log, 2 connections, 3 nodes
-- ARGV: prefix of the session's keys, prefix of the channels of nodes, own epoch, 1 if it needs a lease, id of this step, expected entry id, its nonce,
--   life of a session without connections in ms, life of the record of an ended connection in ms, beginning of the frame for other nodes,
--   and four lists, each with its length first: guards (connection, epoch, 0 if it must have no record), entries (id, nonce, data),
--   records (kind, three fields, value), ends (kind, id, last message)
-- Result: {'done'}, {'conflict', later entries}, {'fenced', index of the guard, record}, {'replied', connection, request id, reply},
--   {'late', connection, record}, {'expelled'} if this node has no lease, because others have declared it dead or Redis has lost it
local log, connections, nodes = KEYS[1], KEYS[2], KEYS[3]
local at = 0
local function take()
    at = at + 1
    return ARGV[at]
end
local function list(width)
    local items = {}
    for i = 1, tonumber(take()) do
        local item = {}
        for j = 1, width do
            item[j] = take()
        end
        items[i] = item
    end
    return items
end
local function header(record)
    local epoch, resume = string.match(record, '^(%d+) (%d+) ')
    return epoch, tonumber(resume)
end

local prefix, channels, epoch, leased, step = take(), take(), take(), take(), take()
local expected, nonce = take(), take()
local emptyLife, endLife, frame = take(), take(), take()
local session = string.match(prefix, '{(.*)}')
local guards, entries, records, ends = list(2), list(3), list(5), list(3)

if leased == '1' and not redis.call('ZSCORE', 'vs:nodes', epoch) then
    return {'expelled'}
end
local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
local lastId, lastNonce = '0-0', '0'
if last then
    lastId, lastNonce = last[1], last[2][2]
end
if lastId ~= expected or lastNonce ~= nonce then
    return {'conflict', redis.call('XRANGE', log, '(' .. expected, '+', 'COUNT', 1000)}
end
for index, guard in ipairs(guards) do
    local record = redis.call('HGET', connections, guard[1])
    local owner = record and header(record) or '0'
    if owner ~= guard[2] then
        return {'fenced', index - 1, record or ''}
    end
end
for _, record in ipairs(records) do
    if record[1] == 'reply' then
        local reply = redis.call('HGET', prefix .. 'replies:' .. record[2], record[3])
        if reply then
            return {'replied', record[2], record[3], reply}
        end
    elseif record[1] == 'connection' then
        local stored = redis.call('HGET', connections, record[2])
        if stored then
            local _, resume = header(stored)
            if resume > tonumber(record[4]) then
                return {'late', record[2], stored}
            end
        end
    end
end

for _, entry in ipairs(entries) do
    redis.call('XADD', log, entry[1], 'n', entry[2], 'd', entry[3])
end

local writers = {}
function writers.connection(id, owner, resume, value)
    local stored = redis.call('HGET', connections, id)
    if not stored and redis.call('HLEN', connections) == 0 then
        redis.call('PERSIST', log)
        redis.call('PERSIST', nodes)
        redis.call('PERSIST', prefix .. 'snapshot')
        redis.call('SADD', 'vs:sessions', session)
    end
    redis.call('HSET', connections, id, owner .. ' ' .. resume .. ' ' .. value)
    redis.call('SADD', 'vs:node:' .. owner .. ':sessions', session)
    if stored then
        local previous = header(stored)
        if previous ~= owner then
            local told, kind = previous, 'taken'
            if owner ~= epoch then
                told, kind = owner, 'given'
            end
            redis.call('PUBLISH', channels .. told, cjson.encode({kind = kind, key = prefix, connection = id}))
        end
    end
end
function writers.reply(id, request, _, value)
    if redis.call('HEXISTS', connections, id) == 0 then
        return
    end
    local replies, order = prefix .. 'replies:' .. id, prefix .. 'order:' .. id
    redis.call('HSET', replies, request, value)
    if redis.call('RPUSH', order, request) > 256 then
        local oldest = redis.call('LPOP', order)
        redis.call('HDEL', replies, oldest)
        local forgotten = redis.call('HGET', replies, 'forgotten')
        if not forgotten or tonumber(forgotten) < tonumber(oldest) then
            redis.call('HSET', replies, 'forgotten', oldest)
        end
    end
end
function writers.link(id, stream, subscriber, value)
    redis.call('HSET', prefix .. 'links:' .. stream, id, subscriber .. ' ' .. value)
    redis.call('HSET', prefix .. 'subscriptions:' .. subscriber, id, stream)
end
function writers.unlink(id, stream, subscriber)
    redis.call('HDEL', prefix .. 'links:' .. stream, id)
    redis.call('HDEL', prefix .. 'subscriptions:' .. subscriber, id)
end
function writers.mail(to, _, _, value)
    local record = redis.call('HGET', connections, to)
    if record then
        redis.call('XADD', prefix .. 'mail:' .. to, 'MAXLEN', '1024', '*', 'd', value)
        local owner = header(record)
        redis.call('PUBLISH', channels .. owner, cjson.encode({kind = 'mail', key = prefix, connection = to, bytes = #value}))
    end
end
function writers.notice(to, _, _, value)
    local record = redis.call('HGET', connections, to)
    local owner = record and header(record)
    if owner and owner ~= epoch then
        redis.call('PUBLISH', channels .. owner, value)
    end
end
function writers.hook(_, _, _, value)
    redis.call('RPUSH', prefix .. 'hooks', value)
    redis.call('SADD', 'vs:hooks', session)
end
for _, record in ipairs(records) do
    writers[record[1]](record[2], record[3], record[4], record[5])
end

local enders = {}
function enders.connection(id, message)
    local record = redis.call('HGET', connections, id)
    if record and message ~= '' then
        redis.call('SET', prefix .. 'ended:' .. id, cjson.encode({record = record, message = message}), 'PX', endLife)
    end
    redis.call('HDEL', connections, id)
    local subscriptions = redis.call('HGETALL', prefix .. 'subscriptions:' .. id)
    for i = 1, #subscriptions, 2 do
        redis.call('HDEL', prefix .. 'links:' .. subscriptions[i + 1], subscriptions[i])
    end
    redis.call('DEL', prefix .. 'subscriptions:' .. id, prefix .. 'replies:' .. id, prefix .. 'order:' .. id,
        prefix .. 'mail:' .. id, prefix .. 'taken:' .. id)
end
function enders.stream(id)
    local links = redis.call('HGETALL', prefix .. 'links:' .. id)
    for i = 1, #links, 2 do
        local subscriber = string.match(links[i + 1], '^(%S+) ')
        redis.call('HDEL', prefix .. 'subscriptions:' .. subscriber, links[i])
    end
    redis.call('DEL', prefix .. 'links:' .. id)
end
for _, ended in ipairs(ends) do
    enders[ended[1]](ended[2], ended[3])
end
-- the record of the media router goes with the last connection
if #ends > 0 and redis.call('HLEN', connections) == redis.call('HEXISTS', connections, 'router') then
    redis.call('DEL', connections)
    redis.call('PEXPIRE', log, emptyLife)
    redis.call('PEXPIRE', nodes, emptyLife)
    redis.call('PEXPIRE', prefix .. 'snapshot', emptyLife)
    redis.call('SREM', 'vs:sessions', session)
    redis.call('SREM', 'vs:node:' .. epoch .. ':sessions', session)
    for _, node in ipairs(redis.call('HKEYS', nodes)) do
        redis.call('SREM', 'vs:node:' .. node .. ':sessions', session)
    end
end

redis.call('HSET', nodes, epoch, step)
if #entries > 0 then
    local message
    for _, node in ipairs(redis.call('HKEYS', nodes)) do
        if node ~= epoch then
            if not message then
                local data = {}
                for index, entry in ipairs(entries) do
                    data[index] = entry[3]
                end
                message = frame .. table.concat(data, ',') .. ']}'
            end
            -- a living node that has lost its channel looks for its last step here
            if redis.call('PUBLISH', channels .. node, message) == 0 and not redis.call('ZSCORE', 'vs:nodes', node) then
                redis.call('HDEL', nodes, node)
            end
        end
    end
end
return {'done'}
