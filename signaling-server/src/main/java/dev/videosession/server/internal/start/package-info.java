/** Assembles a server, starts it and stops it. */
@NullMarked
package dev.videosession.server.internal.start;

import org.jspecify.annotations.NullMarked;
