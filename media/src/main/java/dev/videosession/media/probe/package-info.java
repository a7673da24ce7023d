/** Measures media by its content: frame numbers read from pixels, frequencies measured in samples. */
@NullMarked
package dev.videosession.media.probe;

import org.jspecify.annotations.NullMarked;
