package dev.videosession.app.timeline;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param time when
 * @param kind what it is about
 * @param type name of the event or action, for programs
 * @param text what happened, in words fit to be displayed
 */
public record TimelineEntry(Instant time, EntryKind kind, String type, String text) {}
