/** Video frames, audio samples and the feeds that deliver them. */
@NullMarked
package dev.videosession.media.feed;

import org.jspecify.annotations.NullMarked;
