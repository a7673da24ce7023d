/** Where the log lines of these programs go. Libraries of this project never configure logging. */
@NullMarked
package dev.videosession.app.logging;

import org.jspecify.annotations.NullMarked;
