/** One connection: connecting, the established connection, reconnecting, and the causes of its end. */
@NullMarked
package dev.videosession.session.internal.connection;

import org.jspecify.annotations.NullMarked;
