/** The participants of a session as a list. */
@NullMarked
package dev.videosession.app.people;

import org.jspecify.annotations.NullMarked;
