/** Routes that an embedder adds to the server's HTTP port. */
@NullMarked
package dev.videosession.server.http;

import org.jspecify.annotations.NullMarked;
