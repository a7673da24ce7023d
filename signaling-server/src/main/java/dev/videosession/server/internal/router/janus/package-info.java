/** Janus (version 1, VideoRoom plugin) as a media router: its rooms, publishers and subscribers, and the supervision of one Janus. */
@NullMarked
package dev.videosession.server.internal.router.janus;

import org.jspecify.annotations.NullMarked;
