/** Reads the files with which an operator configures a server. */
@NullMarked
package dev.videosession.server.file;

import org.jspecify.annotations.NullMarked;
