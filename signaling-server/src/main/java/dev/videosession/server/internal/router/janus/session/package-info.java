/** A session with a Janus over its WebSocket API: sockets, requests and their answers, and the handles of the VideoRoom plugin. */
@NullMarked
package dev.videosession.server.internal.router.janus.session;

import org.jspecify.annotations.NullMarked;
