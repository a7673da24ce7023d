/** The media engine: capture, peer links and what they are made of. Start at {@link dev.videosession.media.MediaEngine}. */
@NullMarked
package dev.videosession.media;

import org.jspecify.annotations.NullMarked;
