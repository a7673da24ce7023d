package dev.videosession.session;

/** What an event can happen to. */
public sealed interface EventTarget permits Session, Publisher, Subscriber {}
