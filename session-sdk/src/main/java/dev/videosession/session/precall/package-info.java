/** A test of devices, server, media path and bandwidth before a call. */
@NullMarked
package dev.videosession.session.precall;

import org.jspecify.annotations.NullMarked;
