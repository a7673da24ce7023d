/** Links that invite to a session. */
@NullMarked
package dev.videosession.app.invitation;

import org.jspecify.annotations.NullMarked;
