/** The call window. */
@NullMarked
package dev.videosession.app.call;

import org.jspecify.annotations.NullMarked;
