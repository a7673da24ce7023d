/** A Swing component that shows a video feed. */
@NullMarked
package dev.videosession.media.view;

import org.jspecify.annotations.NullMarked;
