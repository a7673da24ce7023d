/** The effects of a session's events on the connections that this server holds. */
@NullMarked
package dev.videosession.server.internal.effect;

import org.jspecify.annotations.NullMarked;
