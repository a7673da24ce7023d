/** Runs the embedder's admission within bounds of threads and time. */
@NullMarked
package dev.videosession.server.internal.admission;

import org.jspecify.annotations.NullMarked;
