/** Senders and receivers of video in this process, of the SDK and of webrtc-java alone. */
@NullMarked
package dev.videosession.benchmark.media;

import org.jspecify.annotations.NullMarked;
