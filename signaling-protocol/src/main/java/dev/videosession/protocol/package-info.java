/** Root of this module. */
@NullMarked
package dev.videosession.protocol;

import org.jspecify.annotations.NullMarked;
