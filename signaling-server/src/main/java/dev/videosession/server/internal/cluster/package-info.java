/** Several servers that share sessions through Redis: membership, the clean-up after a lost node, and what nodes agree on. */
@NullMarked
package dev.videosession.server.internal.cluster;

import org.jspecify.annotations.NullMarked;
