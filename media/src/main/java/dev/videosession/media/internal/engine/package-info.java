/** The engine: creates captures and links and owns what they share. Internal. */
@NullMarked
package dev.videosession.media.internal.engine;

import org.jspecify.annotations.NullMarked;
