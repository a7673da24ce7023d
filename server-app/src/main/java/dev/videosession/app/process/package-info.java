/** How a command line program ends. */
@NullMarked
package dev.videosession.app.process;

import org.jspecify.annotations.NullMarked;
