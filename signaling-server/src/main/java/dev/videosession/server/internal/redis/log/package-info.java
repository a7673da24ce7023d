/** The logs of sessions in Redis, shared by several servers: appending, following, and messages to the connections of other servers. */
@NullMarked
package dev.videosession.server.internal.redis.log;

import org.jspecify.annotations.NullMarked;
