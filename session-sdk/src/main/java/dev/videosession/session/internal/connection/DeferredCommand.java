package dev.videosession.session.internal.connection;

import dev.videosession.session.SessionException;
import java.util.function.Consumer;

/**
 * A command of the application that needs an established connection. One of the two is called once, on the loop.
 *
 * @param run carries out the command
 * @param refuse receives why it cannot be carried out
 */
public record DeferredCommand(Consumer<EstablishedConnection> run, Consumer<SessionException> refuse) {}
