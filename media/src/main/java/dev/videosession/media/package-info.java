/** Media for sessions: the engine, the sources that a publisher can send, and the devices of this machine. */
@NullMarked
package dev.videosession.media;

import org.jspecify.annotations.NullMarked;
