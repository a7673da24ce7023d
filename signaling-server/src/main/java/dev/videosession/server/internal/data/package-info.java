/** The server's files: a journal of revoked and used tokens. */
@NullMarked
package dev.videosession.server.internal.data;

import org.jspecify.annotations.NullMarked;
