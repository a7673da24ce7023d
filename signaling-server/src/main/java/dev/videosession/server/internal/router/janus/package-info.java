/** Janus (version 1, VideoRoom plugin) as a media router, driven over its WebSocket API. */
@NullMarked
package dev.videosession.server.internal.router.janus;

import org.jspecify.annotations.NullMarked;
