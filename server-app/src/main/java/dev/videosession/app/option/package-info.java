/** Command line options shared by the commands. */
@NullMarked
package dev.videosession.app.option;

import org.jspecify.annotations.NullMarked;
