/** Root of this module. */
@NullMarked
package dev.videosession.app;

import org.jspecify.annotations.NullMarked;
