/** A session with three participants and a moderator, printed as a timeline. */
@NullMarked
package dev.videosession.app.demo;

import org.jspecify.annotations.NullMarked;
