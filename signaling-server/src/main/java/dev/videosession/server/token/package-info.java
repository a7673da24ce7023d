/** Tokens that open a session: what they say, and signing them. */
@NullMarked
package dev.videosession.server.token;

import org.jspecify.annotations.NullMarked;
