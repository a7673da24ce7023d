/** The time, as one value that tests replace. */
@NullMarked
package dev.videosession.protocol.time;

import org.jspecify.annotations.NullMarked;
