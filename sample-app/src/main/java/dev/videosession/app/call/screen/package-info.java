/** What a user sees and presses during a call. */
@NullMarked
package dev.videosession.app.call.screen;

import org.jspecify.annotations.NullMarked;
