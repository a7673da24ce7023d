/** How connections join a session, lose their sockets, resume, and end by themselves. */
@NullMarked
package dev.videosession.server.internal.presence;

import org.jspecify.annotations.NullMarked;
