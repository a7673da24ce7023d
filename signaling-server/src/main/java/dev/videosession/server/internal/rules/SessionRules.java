package dev.videosession.server.internal.rules;

import dev.videosession.server.internal.state.LoggedState;

/**
 * Decides what a command does to a session. Pure: reads the state, changes nothing, asks no clock. Immutable and safe for
 * use by several threads.
 */
public final class SessionRules {
    private final PresenceRules presence;
    private final StreamRules streams;
    private final ModerationRules moderation;
    private final Dispatch dispatch = new Dispatch();

    /**
     * Creates rules.
     *
     * @param maxConnections how many connections a session may have
     * @param maxStreamsPerConnection how many streams a connection may publish at a time
     * @param roster how much the roster may hold
     * @param closesWithLastModerator whether the session is closed when its last moderator leaves
     */
    public SessionRules(
            int maxConnections, int maxStreamsPerConnection, RosterBounds roster, boolean closesWithLastModerator) {
        Departures departures = new Departures(closesWithLastModerator);
        presence = new PresenceRules(maxConnections, roster, departures);
        streams = new StreamRules(maxStreamsPerConnection, roster);
        moderation = new ModerationRules(departures);
    }

    /**
     * Decides.
     *
     * @param state of the session, read only
     * @param command what is asked for
     * @return the events that follow from it, or why it is refused
     */
    public Decision decide(LoggedState state, Command command) {
        return command.accept(dispatch, state);
    }

    private final class Dispatch implements Command.Visitor<LoggedState, Decision> {
        @Override
        public Decision onJoin(Command.Join command, LoggedState state) {
            return presence.join(state, command);
        }

        @Override
        public Decision onLeave(Command.Leave command, LoggedState state) {
            return presence.leave(state, command);
        }

        @Override
        public Decision onLose(Command.Lose command, LoggedState state) {
            return presence.lose(state, command);
        }

        @Override
        public Decision onReturn(Command.Return command, LoggedState state) {
            return presence.returnToSession(state, command);
        }

        @Override
        public Decision onPublish(Command.Publish command, LoggedState state) {
            return streams.publish(state, command);
        }

        @Override
        public Decision onUpdateStream(Command.UpdateStream command, LoggedState state) {
            return streams.update(state, command);
        }

        @Override
        public Decision onUnpublish(Command.Unpublish command, LoggedState state) {
            return streams.unpublish(state, command);
        }

        @Override
        public Decision onSubscribe(Command.Subscribe command, LoggedState state) {
            return streams.subscribe(state, command);
        }

        @Override
        public Decision onSignal(Command.Signal command, LoggedState state) {
            return SignalRules.signal(state, command);
        }

        @Override
        public Decision onForceDisconnect(Command.ForceDisconnect command, LoggedState state) {
            return moderation.forceDisconnect(state, command);
        }

        @Override
        public Decision onForceUnpublish(Command.ForceUnpublish command, LoggedState state) {
            return moderation.forceUnpublish(state, command);
        }

        @Override
        public Decision onForceMute(Command.ForceMute command, LoggedState state) {
            return moderation.forceMute(state, command);
        }

        @Override
        public Decision onForceMuteAll(Command.ForceMuteAll command, LoggedState state) {
            return moderation.forceMuteAll(state, command);
        }

        @Override
        public Decision onDisableForceMute(Command.DisableForceMute command, LoggedState state) {
            return moderation.disableForceMute(state, command);
        }

        @Override
        public Decision onClose(Command.Close command, LoggedState state) {
            return moderation.close(state, command);
        }
    }
}
