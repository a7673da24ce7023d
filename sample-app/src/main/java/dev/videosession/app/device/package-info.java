/** The user's camera and microphone. */
@NullMarked
package dev.videosession.app.device;

import org.jspecify.annotations.NullMarked;
