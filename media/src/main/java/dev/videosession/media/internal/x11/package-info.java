/**
 * A client of the X11 protocol that lists and captures windows. It is written in Java because an error that the server reports to a native
 * client ends the process by default. Internal.
 */
@NullMarked
package dev.videosession.media.internal.x11;

import org.jspecify.annotations.NullMarked;
