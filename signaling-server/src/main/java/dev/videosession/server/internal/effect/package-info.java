/** What a server does for the connections that it holds, in consequence of what happens in their session. */
@NullMarked
package dev.videosession.server.internal.effect;

import org.jspecify.annotations.NullMarked;
