/** The life of a session: its phases, its commands, and the one end of a connection. */
@NullMarked
package dev.videosession.session.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
