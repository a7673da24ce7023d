/** HTTP on the server's port: decoding, checks, dispatch to routes. */
@NullMarked
package dev.videosession.server.internal.http;

import org.jspecify.annotations.NullMarked;
