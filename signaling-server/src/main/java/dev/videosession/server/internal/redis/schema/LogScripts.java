package dev.videosession.server.internal.redis.schema;

import dev.videosession.server.internal.redis.RedisScript;

/** The scripts of the log of a session. Each file documents its arguments and its result. */
public final class LogScripts {
    /** Registers a node as a reader of a log, and reads the log. */
    public static final RedisScript OPEN = RedisScript.read(LogScripts.class, "open.lua");
    /** Removes a node from the readers of a log. */
    public static final RedisScript CLOSE = RedisScript.read(LogScripts.class, "close.lua");
    /** Lists the sessions with connections. */
    public static final RedisScript SESSIONS = RedisScript.of("return redis.call('SMEMBERS', KEYS[1])");
    /** Appends one step, all or nothing; see {@link AppendArguments}. */
    public static final RedisScript APPEND = RedisScript.read(LogScripts.class, "append.lua");
    /** Stores a snapshot, and trims the log. */
    public static final RedisScript SNAPSHOT = RedisScript.read(LogScripts.class, "snapshot.lua");
    /** Sends a message to the owner of a connection. */
    public static final RedisScript SEND = RedisScript.read(LogScripts.class, "send.lua");
    /** Sends a link as it is now to the owner of its publisher. */
    public static final RedisScript REOPEN = RedisScript.read(LogScripts.class, "reopen.lua");
    /** Returns the messages that wait for a connection. */
    public static final RedisScript TAKE = RedisScript.read(LogScripts.class, "take.lua");
    /** Leaves messages that were taken to the next reader. */
    public static final RedisScript GIVE_BACK = RedisScript.read(LogScripts.class, "giveback.lua");
    /** Lists the owners of the connections of a session. */
    public static final RedisScript OWNERS = RedisScript.read(LogScripts.class, "owners.lua");
    /** Reads the records of one connection. */
    public static final RedisScript FETCH = RedisScript.read(LogScripts.class, "fetch.lua");

    private LogScripts() {}
}
