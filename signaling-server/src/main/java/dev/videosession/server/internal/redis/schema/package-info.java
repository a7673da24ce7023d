/**
 * The form of a session in Redis: its keys, entries, snapshots and records, the scripts that read and write them, and the messages of
 * servers to each other.
 */
@NullMarked
package dev.videosession.server.internal.redis.schema;

import org.jspecify.annotations.NullMarked;
