package dev.videosession.server.internal.state;

/**
 * A visitor for readers that care for the beginning and the end of connections and streams. It names every other type of event,
 * so that a new type does not compile until it is decided here whether such readers need it. A reader that needs one more type
 * overrides its method.
 *
 * @param <R> type of the result
 */
public abstract class LifecycleVisitor<R> implements LoggedEvent.Visitor<R> {
    private static final LifecycleVisitor<Boolean> CONCERNED = new Concerned();

    /** For subclasses. */
    protected LifecycleVisitor() {}

    /**
     * Tells whether an event is the beginning or the end of a connection or a stream.
     *
     * @param event any event
     * @return false if a visitor returns {@link #other()}
     */
    public static boolean concerns(LoggedEvent event) {
        return event.accept(CONCERNED);
    }

    /** {@return the result for an event that is neither a beginning nor an end} */
    protected abstract R other();

    @Override
    public R onConnectionReconnecting(LoggedEvent.ConnectionReconnecting event) {
        return other();
    }

    @Override
    public R onConnectionReconnected(LoggedEvent.ConnectionReconnected event) {
        return other();
    }

    @Override
    public R onStreamChanged(LoggedEvent.StreamChanged event) {
        return other();
    }

    @Override
    public R onSignal(LoggedEvent.Signal event) {
        return other();
    }

    @Override
    public R onMuteForced(LoggedEvent.MuteForced event) {
        return other();
    }

    private static final class Concerned extends LifecycleVisitor<Boolean> {
        @Override
        public Boolean onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            return true;
        }

        @Override
        public Boolean onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            return true;
        }

        @Override
        public Boolean onStreamCreated(LoggedEvent.StreamCreated event) {
            return true;
        }

        @Override
        public Boolean onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            return true;
        }

        @Override
        protected Boolean other() {
            return false;
        }
    }
}
