/** Calls with video, through the SDK, through webrtc-java alone and in Chromium, and the painting of video. */
@NullMarked
package dev.videosession.benchmark.media;

import org.jspecify.annotations.NullMarked;
