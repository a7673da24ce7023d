/** Internal: brings pushed audio of any block size and sample rate into the blocks that WebRTC sends. */
@NullMarked
package dev.videosession.media.pcm;

import org.jspecify.annotations.NullMarked;
