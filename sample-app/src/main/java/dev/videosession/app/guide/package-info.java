/**
 * The programs of the guides in {@code docs/guides}: each class does one thing that an application does with a session. The guides
 * show excerpts; tests compare them with this code and run it against a real server.
 */
@NullMarked
package dev.videosession.app.guide;

import org.jspecify.annotations.NullMarked;
