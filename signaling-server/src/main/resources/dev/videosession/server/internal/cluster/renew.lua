-- Renews the lease of a node, reports the living nodes, and judges those whose lease has ended.
-- KEYS: nodes (epoch by the time of its last renewal), their records, judged epochs (by the time of the judgement)
-- ARGV: epoch, record, lease in ms, 1 to take a new lease, 1 to judge others, ms for which a judgement is kept,
--   prefix of the channels of nodes
-- Returns the gap since the last renewal, or -1 if the lease is lost; then the living nodes and their records; then the judged epochs.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local last = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not last and ARGV[4] == '0' then
    redis.call('ZADD', KEYS[3], now, ARGV[1]) -- Redis may have lost the lease: what this epoch owns has to be cleaned up
    return {-1, {}, {}}
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
-- after a pause of Redis every lease looks old, and this request may have been sent before it
if ARGV[5] == '1' and last and now - last <= ARGV[3] / 2 then
    for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3] / 2)) do
        -- the channel of a process that has ended is closed at once, that of a suspended one stays open
        local closed = redis.call('PUBSUB', 'NUMSUB', ARGV[7] .. epoch)[2] == 0
        if closed or now - redis.call('ZSCORE', KEYS[1], epoch) >= tonumber(ARGV[3]) then
            redis.call('ZREM', KEYS[1], epoch)
            redis.call('HDEL', KEYS[2], epoch)
            redis.call('ZADD', KEYS[3], now, epoch)
        end
    end
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[6])
local gap = 0
if last then
    gap = now - last
end
return {gap, redis.call('HGETALL', KEYS[2]), redis.call('ZRANGE', KEYS[3], 0, -1)}
