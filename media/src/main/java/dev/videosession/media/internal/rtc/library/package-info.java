/** The native library of this process: loading, version, memory. Internal. */
@NullMarked
package dev.videosession.media.internal.rtc.library;

import org.jspecify.annotations.NullMarked;
