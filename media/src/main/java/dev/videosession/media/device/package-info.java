/** Cameras, microphones and screens of this machine, and the error that says what is missing. */
@NullMarked
package dev.videosession.media.device;

import org.jspecify.annotations.NullMarked;
