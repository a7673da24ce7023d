/** What two ends of a peer link say to each other, and the state machine of that talk. */
@NullMarked
package dev.videosession.media.link;

import org.jspecify.annotations.NullMarked;
