/** One client in a session, with or without a socket. */
@NullMarked
package dev.videosession.server.internal.connection;

import org.jspecify.annotations.NullMarked;
