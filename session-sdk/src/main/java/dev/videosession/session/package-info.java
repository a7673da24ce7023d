/** Root of this module. */
@NullMarked
package dev.videosession.session;

import org.jspecify.annotations.NullMarked;
