/** Media links between a publisher and a subscriber, whatever path the media takes. */
@NullMarked
package dev.videosession.server.internal.link;

import org.jspecify.annotations.NullMarked;
