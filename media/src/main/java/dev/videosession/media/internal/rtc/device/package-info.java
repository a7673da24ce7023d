/** Native cameras, microphones and speakers. Internal. */
@NullMarked
package dev.videosession.media.internal.rtc.device;

import org.jspecify.annotations.NullMarked;
