/** The interface to clocks and timers, which tests replace. */
@NullMarked
package dev.videosession.protocol.time;

import org.jspecify.annotations.NullMarked;
