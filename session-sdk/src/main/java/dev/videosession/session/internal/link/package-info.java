/** Media links as a session sees them: signaling, recovery, limits and quality. */
@NullMarked
package dev.videosession.session.internal.link;

import org.jspecify.annotations.NullMarked;
