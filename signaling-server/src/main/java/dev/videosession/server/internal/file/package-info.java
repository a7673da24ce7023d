/** Detects that files have changed. */
@NullMarked
package dev.videosession.server.internal.file;

import org.jspecify.annotations.NullMarked;
