-- Leaves messages that a reader has taken and could not deliver to the next reader, unless another one has taken messages since.
-- KEYS: 1 the reader that has taken them ("READER ID", with the id of the last message)
-- ARGV: this reader, id of the last message that it has taken, id of the last one that it has delivered or ''
-- Result: nothing
if redis.call('GET', KEYS[1]) == ARGV[1] .. ' ' .. ARGV[2] then
    if ARGV[3] == '' then
        redis.call('DEL', KEYS[1])
    else
        redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[3])
    end
end
return {}
