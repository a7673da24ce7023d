/** The participants of a session, side by side. */
@NullMarked
package dev.videosession.app.grid;

import org.jspecify.annotations.NullMarked;
