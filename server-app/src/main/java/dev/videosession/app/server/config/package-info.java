/** The options of the server command, from the command line, the environment and a file. */
@NullMarked
package dev.videosession.app.server.config;

import org.jspecify.annotations.NullMarked;
