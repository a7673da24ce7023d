package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.SequencedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed during a call of REST that removes a client: the call is in the log, and the answer of Redis has not arrived. */
@Tag("faults")
class RestFaultsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NODES = 3;
    private static final int SESSIONS = 10;
    private static final int CALLED = 1;

    @TempDir
    private Path directory;

    private final CheckedCrowd crowd = new CheckedCrowd();
    private final RestCalls rest = new RestCalls();
    private NodeProcesses nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = NodeProcesses.withPaths(directory, NODES);
        crowd.join(nodes.uris(), SESSIONS, NODES);
    }

    @AfterEach
    void stop() {
        crowd.close();
        nodes.close();
    }

    private int remove(ProtocolClient client, int node) {
        try {
            return rest.forceDisconnect(nodes.uri(node), client.session(), Objects.requireNonNull(client.id()), false);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** Calls a node, and returns when the removal is in the log and the node does not know. */
    private CompletableFuture<Integer> beginToRemove(ProtocolClient client) {
        int before = nodes.redis().entries(client.session());
        nodes.path(CALLED).holdAnswersAfter("connectionDestroyed");
        CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> remove(client, CALLED));
        Awaitility.await("the removal is in the log")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> nodes.redis().entries(client.session()) > before);
        assertThat(call).isNotDone();
        return call;
    }

    private void checkRemovedOnce(List<ProtocolClient> session, ProtocolClient removed) {
        Awaitility.await("the client knows")
                .atMost(LIMIT)
                .until(() -> removed.history().end() != null);
        assertThat(Objects.requireNonNull(removed.history().end()).reason())
                .isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        crowd.signalUntilOnline(LIMIT);
        Awaitility.await("the other clients know")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(session)
                        .filteredOn(client -> client != removed)
                        .allSatisfy(client -> {
                            assertThat(client.history().events())
                                    .filteredOn(event -> event instanceof SequencedEvent.ConnectionDestroyed gone
                                            && gone.connectionId().equals(removed.id()))
                                    .hasSize(1);
                            assertThat(client.history().violations()).isEmpty();
                        }));
    }

    @Test
    void callIsAnsweredWhenTheNodeOfTheClientDies() throws Exception {
        List<ProtocolClient> session = crowd.sessions().get(0);
        ProtocolClient removed = crowd.at(session, 0);
        CompletableFuture<Integer> call = beginToRemove(removed);
        nodes.node(0).signal("KILL");
        nodes.node(0).exitCode();
        nodes.path(CALLED).holdAnswers(false);
        assertThat(call.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(204);
        checkRemovedOnce(session, removed);
    }

    /** The caller does not know the outcome, and repeats the call at another node. */
    @Test
    void callIsRepeatedWhenTheCalledNodeDies() throws Exception {
        List<ProtocolClient> session = crowd.sessions().get(0);
        ProtocolClient removed = crowd.at(session, 0);
        CompletableFuture<Integer> call = beginToRemove(removed);
        nodes.node(CALLED).signal("KILL");
        nodes.node(CALLED).exitCode();
        nodes.path(CALLED).holdAnswers(false);
        assertThat(call).failsWithin(LIMIT).withThrowableOfType(ExecutionException.class);
        assertThat(remove(removed, 2)).as("removed by the call before").isEqualTo(404);
        checkRemovedOnce(session, removed);
    }
}
