/** Several servers that share sessions through Redis: membership, the clean-up after a lost node, and which nodes are ready. */
@NullMarked
package dev.videosession.server.internal.cluster;

import org.jspecify.annotations.NullMarked;
