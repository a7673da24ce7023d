/** Screenshots of the programs for the documentation. */
@NullMarked
package dev.videosession.app.screenshot;

import org.jspecify.annotations.NullMarked;
