/** Converts pushed audio of any block size and sample rate to the blocks that WebRTC sends. Internal. */
@NullMarked
package dev.videosession.media.internal.pcm;

import org.jspecify.annotations.NullMarked;
