/** What clients ask for once they have joined. */
@NullMarked
package dev.videosession.server.internal.request;

import org.jspecify.annotations.NullMarked;
