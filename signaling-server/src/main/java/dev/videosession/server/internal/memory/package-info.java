/** Ends the process when memory has run out. */
@NullMarked
package dev.videosession.server.internal.memory;

import org.jspecify.annotations.NullMarked;
