/** Captures screens and windows. Internal. */
@NullMarked
package dev.videosession.media.internal.desktop;

import org.jspecify.annotations.NullMarked;
