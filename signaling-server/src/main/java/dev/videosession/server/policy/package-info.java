/** Rules that the owner of a server sets for sessions. */
@NullMarked
package dev.videosession.server.policy;

import org.jspecify.annotations.NullMarked;
