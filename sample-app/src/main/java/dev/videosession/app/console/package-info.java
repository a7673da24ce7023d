/** The moderator's console. */
@NullMarked
package dev.videosession.app.console;

import org.jspecify.annotations.NullMarked;
