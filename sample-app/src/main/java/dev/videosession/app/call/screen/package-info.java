/** The views and controls of a call. */
@NullMarked
package dev.videosession.app.call.screen;

import org.jspecify.annotations.NullMarked;
