/** The embedder's say in who enters, publishes and signals. */
@NullMarked
package dev.videosession.server.admission;

import org.jspecify.annotations.NullMarked;
