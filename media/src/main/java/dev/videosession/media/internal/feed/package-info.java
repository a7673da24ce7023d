/** Feeds with their writing end. Internal. */
@NullMarked
package dev.videosession.media.internal.feed;

import org.jspecify.annotations.NullMarked;
