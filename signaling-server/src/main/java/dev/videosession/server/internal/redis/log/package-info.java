/** The logs of sessions in Redis, shared by several servers. */
@NullMarked
package dev.videosession.server.internal.redis.log;

import org.jspecify.annotations.NullMarked;
