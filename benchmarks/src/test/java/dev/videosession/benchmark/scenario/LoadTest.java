package dev.videosession.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.benchmark.dialect.FrameKind;
import dev.videosession.benchmark.dialect.Member;
import dev.videosession.benchmark.dialect.SignalingDialect;
import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadGenerator;
import dev.videosession.benchmark.load.LoadListener;
import dev.videosession.benchmark.load.Stamps;
import dev.videosession.benchmark.peer.SignalingPeer;
import dev.videosession.server.SignalingServer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The load generator understands the server: a tiny scenario, without processes of other projects. */
class LoadTest {
    private static final int MEMBERS = 10;

    /** Counts what clients get. */
    private static final class Received implements LoadListener {
        private int messages;
        private int left;
        private boolean removed;
        private long latestStamp;

        @Override
        public void message(LoadClient client, ByteBuffer buffer, int end) {
            messages++;
            latestStamp = Stamps.read(buffer, end);
        }

        @Override
        public void received(LoadClient client, FrameKind kind) {
            left += kind == FrameKind.MEMBER_LEFT ? 1 : 0;
            removed |= kind == FrameKind.REMOVED;
        }

        private boolean isComplete() {
            return messages == MEMBERS && removed && left == MEMBERS - 1;
        }
    }

    @Test
    void membersReceiveAMessageAndTheRemovalOfAnother() throws Exception {
        SignalingDialect dialect = new SignalingDialect(SignalingPeer.PROJECT);
        List<Member> members = IntStream.range(0, MEMBERS)
                .mapToObj(i -> dialect.member(0, i == 0, true))
                .toList();
        try (SignalingServer server = SignalingPeer.start();
                LoadGenerator generator = new LoadGenerator(server.address(), dialect)) {
            Crowd crowd = new Crowd(generator, members);
            crowd.join(MEMBERS);
            Received received = new Received();
            long stamp = System.nanoTime();
            crowd.<Boolean>on(done -> {
                crowd.observe(new LoadListener() {
                    @Override
                    public void message(LoadClient client, ByteBuffer buffer, int end) {
                        received.message(client, buffer, end);
                        if (received.messages == MEMBERS) {
                            crowd.clients().get(0).remove(crowd.clients().get(MEMBERS - 1));
                        }
                    }

                    @Override
                    public void received(LoadClient client, FrameKind kind) {
                        received.received(client, kind);
                        if (received.isComplete()) {
                            done.complete(true);
                        }
                    }
                });
                crowd.clients().get(1).send(Stamps.text(stamp));
            });
            assertThat(received.latestStamp).isEqualTo(stamp);
        }
    }
}
