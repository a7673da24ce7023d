package dev.videosession.server.internal.redis;

/** The scripts of the log of a session. Each file says what it takes and returns. */
final class LogScripts {
    static final RedisScript OPEN = RedisScript.read("open.lua");
    static final RedisScript APPEND = RedisScript.read("append.lua");
    static final RedisScript SNAPSHOT = RedisScript.read("snapshot.lua");
    static final RedisScript SEND = RedisScript.read("send.lua");
    static final RedisScript TAKE = RedisScript.read("take.lua");
    static final RedisScript OWNERS = RedisScript.read("owners.lua");
    static final RedisScript FETCH = RedisScript.read("fetch.lua");

    private LogScripts() {}
}
