package dev.videosession.server.internal.presence;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.log.ClientRecord;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The last event that a client saw, as it says when it resumes, and the process of the log that it has read it from: only events of
 * the same process follow it.
 *
 * @param sequence number of that event
 * @param origin names the process; empty in a log that has only one
 */
record ClientCursor(long sequence, String origin) {
    /**
     * {@return the cursor of a client} A client that has the newest key of a connection of this server has it from the log that this
     * server reads.
     */
    static ClientCursor of(SessionEngine engine, ClientMessage.Resume request, boolean takenOver) {
        ConnectionRecord record =
                engine.records().connection(request.connectionId()).orElse(null);
        ClientRecord client = record == null ? null : record.client();
        String origin = client == null || (!takenOver && client.isNewest(request.resumeKey()))
                ? originOf(engine)
                : client.originOf(request.resumeKey());
        return new ClientCursor(request.sequence(), origin);
    }

    private static String originOf(SessionEngine engine) {
        return Objects.requireNonNullElse(engine.log().origin(), "");
    }

    /** {@return the events after the cursor up to those that are applied, or empty if the client needs a roster} */
    Optional<List<LoggedEvent>> missed(SessionEngine engine, LoggedState state) {
        long count = state.sequence() - sequence;
        return count < 0 || !origin.equals(originOf(engine))
                ? Optional.empty()
                : engine.read(sequence).map(events -> events.subList(0, (int) count));
    }

    /** {@return those of the missed events that the client is sent} */
    List<SequencedEvent> replay(ClientConnection resumed, List<LoggedEvent> missed) {
        List<SequencedEvent> replay = new ArrayList<>();
        ReplayFilter filter = new ReplayFilter(resumed.id(), resumed.wantsConnectionEvents());
        long number = sequence;
        for (LoggedEvent event : missed) {
            number++;
            if (event.accept(filter)) {
                replay.add(event.toWire(number));
            }
        }
        return replay;
    }
}
