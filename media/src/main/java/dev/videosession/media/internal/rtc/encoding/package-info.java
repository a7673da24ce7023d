/** How video is encoded. */
@NullMarked
package dev.videosession.media.internal.rtc.encoding;

import org.jspecify.annotations.NullMarked;
