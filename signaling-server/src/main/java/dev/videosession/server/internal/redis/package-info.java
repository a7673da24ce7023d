/** The connection of a server to Redis, and the epoch by which Redis identifies the server. */
@NullMarked
package dev.videosession.server.internal.redis;

import org.jspecify.annotations.NullMarked;
