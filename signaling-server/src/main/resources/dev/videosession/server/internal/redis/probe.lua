-- Does what the other scripts do, with keys of its own, so that a right that is missing shows before it is needed.
-- KEYS: 1 any key of a node. ARGV: channel
-- The first command needs memory: Redis refuses a script without memory only before its first change.
local key = KEYS[1]
redis.call('HSET', key, 'field', '1')
redis.call('HGET', key, 'field')
redis.call('HDEL', key, 'field')
redis.call('SADD', key, 'member')
redis.call('SREM', key, 'member')
redis.call('ZADD', key, redis.call('TIME')[1], 'member')
redis.call('ZREM', key, 'member')
redis.call('RPUSH', key, 'element')
redis.call('LPOP', key)
redis.call('XADD', key, '1-0', 'field', '1')
redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)
redis.call('XTRIM', key, 'MINID', '=', '2')
redis.call('DEL', key)
redis.call('SET', key, '1', 'PX', '1000')
redis.call('PUBLISH', ARGV[1], '')
redis.call('PUBSUB', 'NUMSUB', ARGV[1])
return {}
