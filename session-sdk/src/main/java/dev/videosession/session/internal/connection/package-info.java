/** The life of a session: connecting, reconnecting, and its one end. */
@NullMarked
package dev.videosession.session.internal.connection;

import org.jspecify.annotations.NullMarked;
