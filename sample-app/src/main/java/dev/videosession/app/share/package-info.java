/** Sharing a screen and choosing what to share. */
@NullMarked
package dev.videosession.app.share;

import org.jspecify.annotations.NullMarked;
