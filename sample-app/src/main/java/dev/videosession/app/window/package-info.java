/** Code shared by the programs with a window. */
@NullMarked
package dev.videosession.app.window;

import org.jspecify.annotations.NullMarked;
