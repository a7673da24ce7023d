/** The way to the server: one WebSocket, its heartbeat, and requests with their answers. */
@NullMarked
package dev.videosession.session.internal.signaling;

import org.jspecify.annotations.NullMarked;
