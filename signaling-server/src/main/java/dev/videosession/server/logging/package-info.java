/** Log lines that strangers can cause, and their bounds. */
@NullMarked
package dev.videosession.server.logging;

import org.jspecify.annotations.NullMarked;
