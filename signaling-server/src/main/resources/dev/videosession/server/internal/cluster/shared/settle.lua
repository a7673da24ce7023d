-- Keeps the turn to send the webhooks of a session, and removes the oldest event if it was sent. Returns 0 if the turn is lost.
-- KEYS as in claim.lua. ARGV: epoch, length of a turn in ms, 1 to remove the oldest event
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
    return {0}
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
if ARGV[3] == '1' then
    redis.call('LPOP', KEYS[1])
end
return {1}
