/** A participant without a window, driven and observed through JSON lines. */
@NullMarked
package dev.videosession.app.bot;

import org.jspecify.annotations.NullMarked;
