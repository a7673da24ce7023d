/** Root of this module. */
@NullMarked
package dev.videosession.server;

import org.jspecify.annotations.NullMarked;
