/** Control of live sessions from the embedder's backend. */
@NullMarked
package dev.videosession.server.control;

import org.jspecify.annotations.NullMarked;
