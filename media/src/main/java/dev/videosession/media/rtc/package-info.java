/** Adapters to webrtc-java. Internal: not for embedders, may change at any time. */
@NullMarked
package dev.videosession.media.rtc;

import org.jspecify.annotations.NullMarked;
