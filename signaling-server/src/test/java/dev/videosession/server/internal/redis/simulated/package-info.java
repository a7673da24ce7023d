/** A Redis in memory that runs the real scripts, with the delays, losses and failovers of a real one, in virtual time. */
@NullMarked
package dev.videosession.server.internal.redis.simulated;

import org.jspecify.annotations.NullMarked;
