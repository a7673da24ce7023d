/** What happened in a session, as a table that is filtered, searched, copied and exported. */
@NullMarked
package dev.videosession.app.timeline;

import org.jspecify.annotations.NullMarked;
