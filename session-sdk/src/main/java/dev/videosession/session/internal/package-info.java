/** Implementations of the API. */
@NullMarked
package dev.videosession.session.internal;

import org.jspecify.annotations.NullMarked;
