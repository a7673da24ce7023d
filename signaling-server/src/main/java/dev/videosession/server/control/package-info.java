/** The embedder's hold on sessions. */
@NullMarked
package dev.videosession.server.control;

import org.jspecify.annotations.NullMarked;
