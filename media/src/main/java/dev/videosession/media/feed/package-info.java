/** Frames and samples on their way from a producer to any number of sinks. */
@NullMarked
package dev.videosession.media.feed;

import org.jspecify.annotations.NullMarked;
