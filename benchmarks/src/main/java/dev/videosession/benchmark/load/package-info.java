/** The load generator: many WebSockets on one thread. */
@NullMarked
package dev.videosession.benchmark.load;

import org.jspecify.annotations.NullMarked;
