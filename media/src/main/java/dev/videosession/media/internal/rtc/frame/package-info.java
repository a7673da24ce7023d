/** Video frames in native memory, and their conversion. Internal. */
@NullMarked
package dev.videosession.media.internal.rtc.frame;

import org.jspecify.annotations.NullMarked;
