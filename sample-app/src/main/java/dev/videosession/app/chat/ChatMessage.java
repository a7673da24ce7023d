package dev.videosession.app.chat;

import java.time.LocalTime;

/**
 * A message in a chat.
 *
 * @param from name of the sender, fit to be displayed
 * @param text what was written, fit to be displayed
 * @param own whether the user wrote it
 * @param time when it arrived
 */
public record ChatMessage(String from, String text, boolean own, LocalTime time) {}
