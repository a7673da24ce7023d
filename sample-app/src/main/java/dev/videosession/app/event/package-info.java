/** The names of the SDK's events in windows and output. */
@NullMarked
package dev.videosession.app.event;

import org.jspecify.annotations.NullMarked;
