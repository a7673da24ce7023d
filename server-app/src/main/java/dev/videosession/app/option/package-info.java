/** What the commands have in common on the command line. */
@NullMarked
package dev.videosession.app.option;

import org.jspecify.annotations.NullMarked;
