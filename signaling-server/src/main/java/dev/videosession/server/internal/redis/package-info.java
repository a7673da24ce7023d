/** The connection of a server to Redis, and the number under which it is known there. */
@NullMarked
package dev.videosession.server.internal.redis;

import org.jspecify.annotations.NullMarked;
