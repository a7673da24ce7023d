-- Lists the connections of a session with their owners.
-- KEYS: 1 connections
-- Result: connection, epoch, ...
local owners = redis.call('HGETALL', KEYS[1])
for i = 2, #owners, 2 do
    owners[i] = string.match(owners[i], '^(%d+) ')
end
return owners
