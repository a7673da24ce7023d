/** Devices of this machine, and the exception that says which one is missing. */
@NullMarked
package dev.videosession.media.device;

import org.jspecify.annotations.NullMarked;
