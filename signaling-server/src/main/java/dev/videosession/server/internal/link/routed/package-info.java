/** The links of a routed session: its media router is one more participant, whose ends of links are here. */
@NullMarked
package dev.videosession.server.internal.link.routed;

import org.jspecify.annotations.NullMarked;
