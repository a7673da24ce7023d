/** Decisions of the embedding program: which clients may connect, publish and signal. */
@NullMarked
package dev.videosession.server.admission;

import org.jspecify.annotations.NullMarked;
