/** Media that publishers and subscribers share: the engine, sources and feeds. */
@NullMarked
package dev.videosession.session.internal.media;

import org.jspecify.annotations.NullMarked;
