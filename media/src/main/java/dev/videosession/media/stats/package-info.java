/** Statistics of a media link. */
@NullMarked
package dev.videosession.media.stats;

import org.jspecify.annotations.NullMarked;
