/** What the programs with a window have in common. */
@NullMarked
package dev.videosession.app.window;

import org.jspecify.annotations.NullMarked;
