/** A JavaFX view for the video of sessions. */
@NullMarked
package dev.videosession.media.fx;

import org.jspecify.annotations.NullMarked;
