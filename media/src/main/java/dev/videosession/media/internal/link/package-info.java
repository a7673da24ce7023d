/** Links to peers: offers, answers, candidates and the state machine of their exchange. Internal. */
@NullMarked
package dev.videosession.media.internal.link;

import org.jspecify.annotations.NullMarked;
