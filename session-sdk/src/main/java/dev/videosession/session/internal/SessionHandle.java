package dev.videosession.session.internal;

import dev.videosession.session.Session;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.lifecycle.SessionCommands;

/** What publishers and subscribers need of their session. */
record SessionHandle(Session session, SessionCommands commands, CallbackQueue callbacks) {}
