/** Where local pictures and sound come from: devices, the screen, synthetic sources, the application. */
@NullMarked
package dev.videosession.media.source;

import org.jspecify.annotations.NullMarked;
