package dev.videosession.protocol;

/** Sent by either side when it has sent nothing else for a heartbeat interval. Needs no answer. */
public record Heartbeat() implements ClientMessage, ServerMessage {}
