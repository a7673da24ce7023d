/** Root of this module. */
@NullMarked
package dev.videosession.media;

import org.jspecify.annotations.NullMarked;
