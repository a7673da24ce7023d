/** What all nodes remember in Redis besides their sessions: tokens, and events that wait for being sent to backends. */
@NullMarked
package dev.videosession.server.internal.cluster.shared;

import org.jspecify.annotations.NullMarked;
