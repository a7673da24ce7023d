/** Janus as a process of this server: its configuration, its output, its end. */
@NullMarked
package dev.videosession.server.internal.router.janus.process;

import org.jspecify.annotations.NullMarked;
