/** What a user sees before a call: the form and the lobby. */
@NullMarked
package dev.videosession.app.start;

import org.jspecify.annotations.NullMarked;
