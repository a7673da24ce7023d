/** The events of a session as a table that can be filtered, searched, copied and exported. */
@NullMarked
package dev.videosession.app.timeline;

import org.jspecify.annotations.NullMarked;
