package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.redis.RedisScript;

/** The scripts of the log of a session. Each file says what it takes and returns. */
final class LogScripts {
    static final RedisScript OPEN = RedisScript.read(LogScripts.class, "open.lua");
    static final RedisScript CLOSE = RedisScript.read(LogScripts.class, "close.lua");
    static final RedisScript SESSIONS = RedisScript.of("return redis.call('SMEMBERS', KEYS[1])");
    static final RedisScript APPEND = RedisScript.read(LogScripts.class, "append.lua");
    static final RedisScript SNAPSHOT = RedisScript.read(LogScripts.class, "snapshot.lua");
    static final RedisScript SEND = RedisScript.read(LogScripts.class, "send.lua");
    static final RedisScript REOPEN = RedisScript.read(LogScripts.class, "reopen.lua");
    static final RedisScript TAKE = RedisScript.read(LogScripts.class, "take.lua");
    static final RedisScript OWNERS = RedisScript.read(LogScripts.class, "owners.lua");
    static final RedisScript FETCH = RedisScript.read(LogScripts.class, "fetch.lua");

    private LogScripts() {}
}
