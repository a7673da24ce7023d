/** Decides from audio levels which participants speak. */
@NullMarked
package dev.videosession.session.internal.speaker;

import org.jspecify.annotations.NullMarked;
