/** Chooses the layers of a video that a subscriber wants and its path carries. Pure: no clocks, threads or sockets. */
@NullMarked
package dev.videosession.server.internal.quality;

import org.jspecify.annotations.NullMarked;
