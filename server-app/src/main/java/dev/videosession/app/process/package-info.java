/** The signals that end a command line program. */
@NullMarked
package dev.videosession.app.process;

import org.jspecify.annotations.NullMarked;
