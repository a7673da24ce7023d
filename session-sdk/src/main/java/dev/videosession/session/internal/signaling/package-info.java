/** Signaling: the WebSocket to the server, its heartbeat, and requests with their replies. */
@NullMarked
package dev.videosession.session.internal.signaling;

import org.jspecify.annotations.NullMarked;
