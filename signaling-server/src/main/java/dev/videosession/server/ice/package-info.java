/** STUN and TURN servers that clients are told about. */
@NullMarked
package dev.videosession.server.ice;

import org.jspecify.annotations.NullMarked;
