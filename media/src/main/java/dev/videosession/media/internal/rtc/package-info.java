/**
 * Native factories, connections and tracks of webrtc-java. Only this package and those below it use webrtc-java. Internal.
 */
@NullMarked
package dev.videosession.media.internal.rtc;

import org.jspecify.annotations.NullMarked;
