-- Registers a node as a reader of a session's log, and reads the log.
-- KEYS: 1 log, 2 nodes, 3 snapshot
-- ARGV: own epoch, entry id after which to read; '-' for everything, with the snapshot,
--   life of a session without connections in ms
-- Result: {id of this node's last step, snapshot (sequence, data) or nothing, entries, id and nonce of the last entry or nothing}
local step = redis.call('HGET', KEYS[2], ARGV[1])
if not step then
    step = ''
    redis.call('HSET', KEYS[2], ARGV[1], '')
    if redis.call('PTTL', KEYS[1]) ~= -1 then -- the session is empty
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
    end
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local position = last and {last[1], last[2][2]} or {}
if ARGV[2] == '-' then
    return {step, redis.call('HMGET', KEYS[3], 'sequence', 'data'), redis.call('XRANGE', KEYS[1], '-', '+'),
        position}
end
return {step, {}, redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], '+'), position}
