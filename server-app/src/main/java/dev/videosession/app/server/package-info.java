/** The commands that run the server and make session ids and tokens. */
@NullMarked
package dev.videosession.app.server;

import org.jspecify.annotations.NullMarked;
