/** Media links between a publisher and a subscriber. */
@NullMarked
package dev.videosession.server.internal.link;

import org.jspecify.annotations.NullMarked;
