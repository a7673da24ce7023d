/** The sessions of a server: each runs on one event loop, and nothing else changes it. */
@NullMarked
package dev.videosession.server.internal.session;

import org.jspecify.annotations.NullMarked;
