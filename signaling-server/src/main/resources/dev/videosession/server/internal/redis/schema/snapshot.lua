-- Stores a snapshot of a session's state if it is newer than the stored one, and trims the log.
-- KEYS: 1 log, 2 snapshot
-- ARGV: sequence of the entry after which the snapshot was made, its nonce, data, sequence up to which the log is trimmed,
--   and sequence and nonce of the stored snapshot whose data is the same, if the data is empty
-- Result: 1 if it was stored
local stored = redis.call('HGET', KEYS[2], 'sequence')
if stored and tonumber(stored) >= tonumber(ARGV[1]) then
    return {0}
end
if ARGV[3] == '' and (stored ~= ARGV[5] or redis.call('HGET', KEYS[2], 'nonce') ~= ARGV[6]) then
    return {0}
end
local id = ARGV[1] .. '-0'
local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
if not entry or entry[2][2] ~= ARGV[2] then
    return {0}
end
redis.call('HSET', KEYS[2], 'sequence', ARGV[1], 'nonce', ARGV[2])
if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[2], 'data', ARGV[3])
end
local life = redis.call('PTTL', KEYS[1])
if life > 0 then -- the session is empty
    redis.call('PEXPIRE', KEYS[2], life)
end
redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[4])
return {1}
