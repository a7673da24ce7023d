/** Checks of text fields, used by all messages and ids. Exported to the modules of this project only. */
@NullMarked
package dev.videosession.protocol.text;

import org.jspecify.annotations.NullMarked;
