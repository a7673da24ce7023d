/** WebSockets: from the first byte to the close frame. */
@NullMarked
package dev.videosession.server.internal.socket;

import org.jspecify.annotations.NullMarked;
