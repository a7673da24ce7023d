package dev.videosession.app.logging;

/** How log lines look. */
public enum LogFormat {
    /** One line for people: time, level, logger, thread, message; stack traces follow. */
    TEXT,
    /** One JSON object a line, with the keys of {@code key=value} in it. */
    JSON
}
