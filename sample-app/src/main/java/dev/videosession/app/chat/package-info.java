/** Text messages between participants, sent as signals. */
@NullMarked
package dev.videosession.app.chat;

import org.jspecify.annotations.NullMarked;
