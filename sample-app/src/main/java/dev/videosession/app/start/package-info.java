/** The form and the lobby, before a call. */
@NullMarked
package dev.videosession.app.start;

import org.jspecify.annotations.NullMarked;
