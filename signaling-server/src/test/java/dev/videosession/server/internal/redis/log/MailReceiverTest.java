package dev.videosession.server.internal.redis.log;

import static dev.videosession.server.internal.redis.log.VirtualServers.UNTIL_EVERYTHING_HAS_ARRIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.SideRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals to one connection pass through Redis from one server to another, in virtual time. */
@Timeout(60)
class MailReceiverTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final int SECONDS = 8000;

    private final VirtualServers servers = new VirtualServers();
    private final List<String> arrived = new ArrayList<>();

    private VirtualServers.Server start(String name) {
        return servers
        .new Server(
                ADA, (server, message) -> arrived.add(((ServerMessage.DirectSignal) message).data() + " at " + name));
    }

    private static SideRecord signal(String data) {
        return new SideRecord.Mail(ADA, new ServerMessage.DirectSignal(null, "chat", data));
    }

    @Test
    void signalsArriveOnceWheneverTheRecipientsServerLosesItsConnection() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < UNTIL_EVERYTHING_HAS_ARRIVED; at++) {
            sender.append(signal("first " + at));
            servers.pass(at);
            owner.link.lose();
            servers.pass(SECONDS);
            sender.append(signal("second " + at));
            servers.pass(SECONDS);
            expected.add("first " + at + " at owner");
            expected.add("second " + at + " at owner");
        }
        assertThat(arrived).containsExactlyElementsOf(expected);
    }

    @Test
    void signalsThatAServerHasTakenAreNotRepeatedToTheNextOwner() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        sender.append(signal("first"));
        servers.pass(SECONDS);
        sender.append(sender.own(1));
        servers.pass(SECONDS);
        sender.append(signal("second"));
        servers.pass(SECONDS);
        sender.log().takeMail(ADA);
        servers.pass(SECONDS);
        assertThat(arrived).containsExactly("first at owner", "second at sender");
    }

    @Test
    void signalsThatACopyOfTheSessionHasTakenAreNotRepeatedToTheNextCopy() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        sender.append(signal("first"));
        servers.pass(SECONDS);
        owner.reopen();
        servers.pass(SECONDS);
        owner.log().takeMail(ADA);
        servers.pass(SECONDS);
        sender.append(signal("second"));
        servers.pass(SECONDS);
        assertThat(arrived).containsExactly("first at owner", "second at owner");
    }

    @Test
    void signalsWaitForTheServerAtWhichTheRecipientResumes() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        owner.reachable = false;
        sender.append(signal("first"));
        servers.pass(SECONDS);
        sender.append(signal("second"));
        servers.pass(SECONDS);
        sender.append(sender.own(1));
        servers.pass(SECONDS);
        sender.log().takeMail(ADA);
        servers.pass(SECONDS);
        assertThat(arrived).containsExactly("first at sender", "second at sender");
    }

    @Test
    void signalsArriveOnceWheneverTheRecipientLosesItsSocketAndResumesAtAnotherServer() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < UNTIL_EVERYTHING_HAS_ARRIVED; at++) {
            signalsWhileTheSocketIsLost(sender, owner, at, expected);
            sender.append(sender.own(2L * at + 1));
            servers.pass(SECONDS);
            sender.log().takeMail(ADA);
            servers.pass(SECONDS);
            assertThat(arrived.stream().map(each -> each.replaceAll(" at (owner|sender)", "")))
                    .containsExactlyElementsOf(expected);
            owner.reachable = true;
            owner.append(owner.own(2L * at + 2));
            servers.pass(SECONDS);
            owner.log().takeMail(ADA);
            servers.pass(SECONDS);
        }
        assertThat(arrived).anyMatch(each -> each.endsWith("at owner")).anyMatch(each -> each.endsWith("at sender"));
    }

    @Test
    void signalsArriveOnceWheneverTheRecipientLosesItsSocketAndResumesAtTheSameServer() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < UNTIL_EVERYTHING_HAS_ARRIVED; at++) {
            signalsWhileTheSocketIsLost(sender, owner, at, expected);
            owner.reachable = true;
            owner.log().takeMail(ADA);
            servers.pass(SECONDS);
        }
        assertThat(arrived)
                .containsExactlyElementsOf(
                        expected.stream().map(each -> each + " at owner").toList());
    }

    private void signalsWhileTheSocketIsLost(
            VirtualServers.Server sender, VirtualServers.Server owner, int at, List<String> sent) {
        sender.append(signal("before " + at));
        servers.pass(SECONDS);
        sender.append(signal("during " + at));
        servers.pass(at);
        owner.reachable = false;
        servers.pass(SECONDS);
        sender.append(signal("after " + at));
        servers.pass(SECONDS);
        sent.addAll(List.of("before " + at, "during " + at, "after " + at));
    }

    @Test
    void signalsArriveOnceWheneverTheServerClosesItsCopyOfTheSession() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < UNTIL_EVERYTHING_HAS_ARRIVED; at++) {
            sender.append(signal("signal " + at));
            servers.pass(at);
            owner.reachable = false;
            owner.reopen();
            servers.pass(SECONDS);
            owner.log().fetch(ADA, List.of(), read -> owner.reachable = true);
            servers.pass(SECONDS);
            owner.log().takeMail(ADA);
            servers.pass(SECONDS);
            expected.add("signal " + at + " at owner");
        }
        assertThat(arrived).containsExactlyElementsOf(expected);
    }

    /** The server that took the connection over dies before it asks for messages. */
    @Test
    void signalsAreNotRepeatedWhenTheConnectionReturnsToTheSameCopy() {
        VirtualServers.Server owner = start("owner");
        VirtualServers.Server sender = start("sender");
        owner.join();
        sender.append(signal("first"));
        servers.pass(SECONDS);
        sender.append(sender.own(1));
        servers.pass(SECONDS);
        owner.log().takeMail(ADA);
        servers.pass(SECONDS);
        owner.append(owner.own(2));
        servers.pass(SECONDS);
        owner.log().takeMail(ADA);
        servers.pass(SECONDS);
        sender.append(signal("second"));
        servers.pass(SECONDS);
        assertThat(arrived).containsExactly("first at owner", "second at owner");
    }
}
