-- Takes the turn to send the webhooks of a session, unless another node has it.
-- KEYS: waiting events, turn, sessions with waiting events. ARGV: epoch, length of a turn in ms, session, index of the last event to return
local turn = redis.call('GET', KEYS[2])
if turn and turn ~= ARGV[1] then
    return {}
end
local waiting = redis.call('LRANGE', KEYS[1], 0, ARGV[4])
if #waiting == 0 then
    redis.call('DEL', KEYS[2])
    redis.call('SREM', KEYS[3], ARGV[3])
    return {}
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return waiting
