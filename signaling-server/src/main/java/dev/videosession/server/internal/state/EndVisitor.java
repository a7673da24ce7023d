package dev.videosession.server.internal.state;

/** Handles the ends of connections and streams, and ignores all other events. */
public abstract class EndVisitor extends LifecycleVisitor<Void> {
    /** Creates a visitor. */
    protected EndVisitor() {}

    /**
     * A connection has ended.
     *
     * @param event its end
     */
    protected abstract void connectionEnded(LoggedEvent.ConnectionDestroyed event);

    /**
     * A stream has ended.
     *
     * @param event its end
     */
    protected abstract void streamEnded(LoggedEvent.StreamDestroyed event);

    @Override
    public final Void onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
        connectionEnded(event);
        return null;
    }

    @Override
    public final Void onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
        streamEnded(event);
        return null;
    }

    @Override
    public final Void onConnectionCreated(LoggedEvent.ConnectionCreated event) {
        return null;
    }

    @Override
    public final Void onStreamCreated(LoggedEvent.StreamCreated event) {
        return null;
    }

    @Override
    protected final Void other() {
        return null;
    }
}
