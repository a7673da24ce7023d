/** Tokens that open a session: minting and checking. */
@NullMarked
package dev.videosession.server.token;

import org.jspecify.annotations.NullMarked;
