/** Checks tokens of clients and of REST calls. */
@NullMarked
package dev.videosession.server.internal.token;

import org.jspecify.annotations.NullMarked;
