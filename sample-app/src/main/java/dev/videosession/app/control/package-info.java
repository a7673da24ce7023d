/** Buttons, banners and keyboard shortcuts of a window on a session. */
@NullMarked
package dev.videosession.app.control;

import org.jspecify.annotations.NullMarked;
