package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.videosession.media.internal.rtc.IceConfig;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcConnection.State;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mockito.MockedConstruction;

/** Connections without anything native: the test reports their states and lets the timer fire. */
class LinkConnectionsTest {
    private static final IceCandidate CANDIDATE =
            IceCandidate.parse("candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host");

    private final List<String> reports = new ArrayList<>();
    private final List<RtcConnection.Events> events = new ArrayList<>();
    private final MockedConstruction<RtcConnection> opened = mockConstruction(
            RtcConnection.class,
            (connection, context) ->
                    events.add((RtcConnection.Events) context.arguments().get(3)));
    private final MediaLoop loop = mock(MediaLoop.class);
    private final List<Runnable> timers = new ArrayList<>();
    private final Future<Object> timer = new CompletableFuture<>();
    private final LinkConnections connections = new LinkConnections(loop, new Listener());

    LinkConnectionsTest() {
        when(loop.schedule(any(), anyLong(), any())).thenAnswer(call -> {
            reports.add("timer " + call.<TimeUnit>getArgument(2).toSeconds(call.getArgument(1)));
            timers.add(call.getArgument(0));
            return timer;
        });
    }

    @AfterEach
    void restore() {
        opened.close();
    }

    private final class Listener implements LinkConnections.Listener {
        @Override
        public void onCandidate(String mid, int index, IceCandidate found) {
            reports.add("candidate " + mid);
        }

        @Override
        public void onState(State state) {
            reports.add("state " + state);
        }

        @Override
        public void onSuccessorConnected() {
            reports.add("successor connected");
        }

        @Override
        public void onFormerStopped() {
            reports.add("former stopped");
        }

        @Override
        public void onFormerEnded(State state) {
            reports.add("former ended, " + state);
        }
    }

    private RtcConnection open() {
        return connections.open(mock(RtcFactory.class), new IceConfig(List.of(), false, true));
    }

    /** Opens a connection that takes the place of a connected one, which receives meanwhile. */
    private RtcConnection succeed() {
        RtcConnection first = open();
        events.get(0).onState(State.CONNECTED);
        connections.retire(first, true);
        open();
        reports.clear();
        return first;
    }

    @Test
    void currentConnectionIsReported() {
        RtcConnection connection = open();
        assertThat(connections.current()).isSameAs(connection);
        events.get(0).onCandidate("0", 0, CANDIDATE);
        events.get(0).onState(State.CONNECTING);
        events.get(0).onState(State.CONNECTED);
        assertThat(reports).containsExactly("candidate 0", "state CONNECTING", "state CONNECTED");
    }

    @Test
    void connectionConnectsUntilItWasConnectedOrHasFailed() {
        assertThat(connections.isConnecting()).isFalse();
        open();
        assertThat(connections.isConnecting()).isTrue();
        events.get(0).onState(State.CONNECTING);
        assertThat(connections.isConnecting()).isTrue();
        events.get(0).onState(State.CONNECTED);
        assertThat(connections.isConnecting()).isFalse();
        events.get(0).onState(State.DISCONNECTED);
        assertThat(connections.isConnecting()).isFalse();
    }

    @Test
    void connectionThatIsReplacedIsClosedAndIgnored() {
        RtcConnection first = open();
        connections.retire(first, false);
        open();
        verify(first).close();
        events.get(0).onState(State.FAILED);
        events.get(0).onCandidate("0", 0, CANDIDATE);
        assertThat(reports).isEmpty();
        assertThat(connections.former()).isNull();
    }

    @Test
    void formerConnectionStandsForTheLinkUntilItsSuccessorIsConnected() {
        RtcConnection former = succeed();
        assertThat(connections.former()).isSameAs(former);
        assertThat(connections.isConnecting()).isFalse();
        events.get(1).onState(State.CONNECTING);
        assertThat(reports).isEmpty();
        events.get(1).onState(State.CONNECTED);
        assertThat(reports).containsExactly("state CONNECTED", "successor connected");
        events.get(0).onState(State.CONNECTED);
        verify(former, never()).close();
    }

    @Test
    void formerConnectionStopsReceivingBeforeItIsClosed() {
        RtcConnection former = succeed();
        events.get(1).onState(State.CONNECTED);
        reports.clear();
        connections.endFormer();
        InOrder steps = inOrder(former);
        steps.verify(former).stopReceiving();
        steps.verify(former).close();
        assertThat(reports).containsExactly("former stopped", "former ended, CONNECTED");
        assertThat(connections.former()).isNull();
        assertThat(timer).isCancelled();
        connections.endFormer();
        assertThat(reports).hasSize(2);
    }

    @Test
    void formerConnectionThatIsLostEndsAtOnce() {
        RtcConnection former = succeed();
        events.get(1).onState(State.CONNECTING);
        events.get(0).onState(State.DISCONNECTED);
        verify(former).close();
        assertThat(reports).containsExactly("former stopped", "former ended, CONNECTING");
        events.get(1).onState(State.FAILED);
        assertThat(reports).last().isEqualTo("state FAILED");
    }

    @Test
    void formerConnectionEndsAfterTenSeconds() {
        RtcConnection first = open();
        connections.retire(first, true);
        assertThat(reports).containsExactly("timer 10");
        open();
        timers.get(0).run();
        verify(first).close();
        assertThat(reports).containsExactly("timer 10", "former stopped", "former ended, NEW");
    }

    @Test
    void candidatesOfTheFormerConnectionAreIgnored() {
        succeed();
        events.get(0).onCandidate("0", 0, CANDIDATE);
        assertThat(reports).isEmpty();
        events.get(1).onCandidate("1", 1, CANDIDATE);
        assertThat(reports).containsExactly("candidate 1");
    }

    @Test
    void closeClosesBothAndReportsNothing() {
        RtcConnection former = succeed();
        RtcConnection current = opened.constructed().get(1);
        doThrow(new IllegalStateException("thrown by a test")).when(former).close();
        connections.close();
        verify(former).close();
        verify(current).close();
        events.get(0).onState(State.CLOSED);
        events.get(1).onState(State.CLOSED);
        assertThat(reports).isEmpty();
        assertThat(connections.current()).isNull();
        assertThat(connections.former()).isNull();
        assertThat(timer).isCancelled();
    }
}
