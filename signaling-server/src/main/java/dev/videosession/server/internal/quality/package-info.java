/**
 * Chooses the layers of a video that a subscriber wants and its path carries. Has no threads and no sockets, and gets its time from
 * the caller.
 */
@NullMarked
package dev.videosession.server.internal.quality;

import org.jspecify.annotations.NullMarked;
