package dev.videosession.server.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What members receive in which order, and how many writes it takes. */
class DeliveriesTest {
    private final EmbeddedChannel loopOwner = new EmbeddedChannel();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Mailbox mailbox = mailbox(loopOwner.eventLoop());
    private final List<ByteBuf> broadcast = new ArrayList<>();

    private final Member ada = new Member();
    private final Member ben = new Member();

    private Mailbox mailbox(EventLoop loop) {
        return new Mailbox(loop, new ServerMetrics(meters), TimeSource.system());
    }

    /** A socket, and the writes that reached it. */
    private final class Member {
        private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        private final Outbox outbox;

        Member() {
            this(1 << 20, () -> {});
        }

        Member(int maxBytes, Outbox.Listener listener) {
            outbox = new Outbox(channel.pipeline().firstContext(), 4096, maxBytes, TimeSource.system(), listener);
        }

        void admit(boolean connectionEvents) {
            mailbox.post(outbox, () -> mailbox.members.put(outbox, connectionEvents));
        }

        void dismiss() {
            mailbox.post(outbox, () -> mailbox.members.remove(outbox));
        }

        void send(String text) {
            mailbox.post(outbox, () -> mailbox.write(outbox, TextFrame.of(bytes(text))));
        }

        /** The texts of each write, apart from each other. */
        List<List<String>> writes() {
            List<List<String>> writes = new ArrayList<>();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                List<String> texts = new ArrayList<>();
                while (next.isReadable()) {
                    assertThat(next.readUnsignedByte()).isEqualTo((short) 0x81);
                    int length = next.readUnsignedByte();
                    if (length == 126) {
                        length = next.readUnsignedShort();
                    }
                    texts.add(next.readCharSequence(length, StandardCharsets.UTF_8)
                            .toString());
                }
                writes.add(texts);
                next.release();
            }
            return writes;
        }

        List<String> texts() {
            return writes().stream().flatMap(List::stream).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void broadcast(String text, boolean aboutConnection) {
        ByteBuf frame = TextFrame.of(bytes(text));
        broadcast.add(frame);
        mailbox.post(new BroadcastFrame(frame, text.length(), aboutConnection, 0));
    }

    private double sent() {
        return meters.get("videosession.messages")
                .tag("direction", "out")
                .counter()
                .count();
    }

    private void run() {
        loopOwner.runPendingTasks();
    }

    @Test
    void broadcastsThatWaitTogetherAreOneWriteForEachMember() {
        ada.admit(true);
        ben.admit(false);
        broadcast("1", false);
        broadcast("2", false);
        broadcast("3", false);
        run();

        assertThat(ada.writes()).containsExactly(List.of("1", "2", "3"));
        assertThat(ben.writes()).containsExactly(List.of("1", "2", "3"));
        assertThat(broadcast).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
        assertThat(sent()).isEqualTo(6);
    }

    @Test
    void failureOfOneMemberCostsTheOtherMembersNothing() {
        List<Member> failing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failing.add(new Member(1, () -> {
                throw new IllegalStateException("an overflow that fails");
            }));
        }
        failing.forEach(member -> member.admit(true));
        ada.admit(true);
        ben.admit(true);
        broadcast("1", false);
        ada.send("only Ada");
        broadcast("2", true);
        broadcast("3", false);
        run();
        broadcast("4", false);
        run();

        assertThat(ada.texts()).containsExactly("1", "only Ada", "2", "3", "4");
        assertThat(ben.texts()).containsExactly("1", "2", "3", "4");
        failing.forEach(member -> member.channel.finishAndReleaseAll());
        assertThat(broadcast).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    }

    @Test
    void messageToOneMemberKeepsItsPlaceAmongBroadcasts() {
        ada.admit(true);
        ben.admit(true);
        broadcast("1", false);
        ada.send("only Ada");
        broadcast("2", false);
        broadcast("3", false);
        ada.send("Ada again");
        broadcast("4", false);
        run();

        assertThat(ada.texts()).containsExactly("1", "only Ada", "2", "3", "Ada again", "4");
        assertThat(ben.writes()).containsExactly(List.of("1", "2", "3", "4"));
        assertThat(broadcast).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
        assertThat(sent()).isEqualTo(8);
    }

    /** A batch of requests causes a broadcast and a reply for each of them. */
    @Test
    void broadcastsBeforeAMessageToOneMemberAreOneWrite() {
        ada.admit(true);
        ben.admit(true);
        for (int i = 0; i < 4; i++) {
            broadcast("b" + i, false);
        }
        ada.send("to Ada");
        broadcast("b4", false);
        broadcast("b5", false);
        ben.send("to Ben");
        run();

        assertThat(ada.writes())
                .containsExactly(List.of("b0", "b1", "b2", "b3"), List.of("to Ada"), List.of("b4", "b5"));
        assertThat(ben.writes()).containsExactly(List.of("b0", "b1", "b2", "b3", "b4", "b5"), List.of("to Ben"));
        assertThat(broadcast).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
        assertThat(sent()).isEqualTo(12);
    }

    @Test
    void memberReceivesBroadcastsBetweenItsAdmissionAndItsDismissal() {
        ada.admit(true);
        broadcast("1", false);
        ben.admit(true);
        broadcast("2", false);
        ben.dismiss();
        broadcast("3", false);
        run();

        assertThat(ada.texts()).containsExactly("1", "2", "3");
        assertThat(ben.texts()).containsExactly("2");
    }

    @Test
    void eventsAboutConnectionsReachOnlyMembersThatAskForThem() {
        ada.admit(true);
        ben.admit(false);
        broadcast("1", false);
        broadcast("joined", true);
        ben.send("only Ben");
        broadcast("2", false);
        run();

        assertThat(ada.texts()).containsExactly("1", "joined", "2");
        assertThat(ben.texts()).containsExactly("1", "only Ben", "2");
    }

    @Test
    void aBufferOfBroadcastsHasABound() {
        ada.admit(true);
        String text = "x".repeat(10_000);
        broadcast(text, false);
        broadcast(text, false);
        broadcast("end", false);
        run();

        assertThat(ada.writes()).containsExactly(List.of(text), List.of(text, "end"));
    }

    @Test
    void otherTasksOfTheEventLoopHaveTheirTurn() {
        ada.admit(true);
        List<Integer> received = new ArrayList<>();
        IntStream.range(0, 600).forEach(i -> broadcast(String.valueOf(i), false));
        loopOwner.eventLoop().execute(() -> received.add(ada.texts().size()));
        run();

        assertThat(received.get(0)).isBetween(1, 300);
        assertThat(ada.texts()).hasSize(600 - received.get(0)).endsWith("599");
    }

    @Test
    void framesAreReleasedIfTheEventLoopHasEnded() throws Exception {
        EventLoop ended = new DefaultEventLoop();
        ended.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).sync();
        ByteBuf frame = TextFrame.of(bytes("late"));
        mailbox(ended).post(new BroadcastFrame(frame, 4, false, 0));

        assertThat(frame.refCnt()).isZero();
    }
}
