/** The connections and streams of a session, as the server reports them. */
@NullMarked
package dev.videosession.session.internal.roster;

import org.jspecify.annotations.NullMarked;
