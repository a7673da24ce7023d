/** Measurements of received streams, from the content of their video and audio. */
@NullMarked
package dev.videosession.app.probe;

import org.jspecify.annotations.NullMarked;
