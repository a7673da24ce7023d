/** The embedder's decision about who may connect, publish and signal. */
@NullMarked
package dev.videosession.server.admission;

import org.jspecify.annotations.NullMarked;
