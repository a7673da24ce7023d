/** Control of the sessions in this process. */
@NullMarked
package dev.videosession.server.internal.control;

import org.jspecify.annotations.NullMarked;
