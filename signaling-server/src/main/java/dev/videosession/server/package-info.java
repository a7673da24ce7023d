/**
 * The signaling server for embedding programs. {@link dev.videosession.server.SignalingServer} is where to start. Packages
 * below {@code internal} are not part of the API.
 */
@NullMarked
package dev.videosession.server;

import org.jspecify.annotations.NullMarked;
