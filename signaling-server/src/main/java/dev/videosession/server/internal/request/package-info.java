/** The requests of clients that have joined a session. */
@NullMarked
package dev.videosession.server.internal.request;

import org.jspecify.annotations.NullMarked;
