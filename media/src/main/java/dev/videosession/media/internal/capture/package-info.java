/**
 * Running local sources: devices, synthetic video and audio, and what one capture sends to its links. Internal.
 */
@NullMarked
package dev.videosession.media.internal.capture;

import org.jspecify.annotations.NullMarked;
