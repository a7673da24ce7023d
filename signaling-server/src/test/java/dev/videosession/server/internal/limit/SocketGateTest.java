package dev.videosession.server.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SocketGateTest {
    private final List<String> evicted = new ArrayList<>();

    private static ServerLimits.Builder limits() {
        return ServerLimits.builder()
                .sockets(100)
                .unauthenticatedSockets(10)
                .unauthenticatedSocketsPerAddress(5)
                .resumeReservePercent(20);
    }

    private static ClientAddress address(String text) {
        return new ClientAddress(ClientAddress.parseHost(text).orElseThrow(), 0);
    }

    private SocketGate.Pass enter(SocketGate gate, String address, String name) {
        SocketGate.Entry entry = gate.enter(address(address), false, limit -> evicted.add(name + " " + limit));
        return ((SocketGate.Admitted) entry).pass();
    }

    @Test
    void floodFromOneAddressEvictsItsOwnOldest() {
        SocketGate gate = new SocketGate(limits().build());
        enter(gate, "192.0.2.1", "honest");
        for (int i = 0; i < 7; i++) {
            enter(gate, "198.51.100.1", "flood" + i);
        }
        assertThat(evicted)
                .containsExactly("flood0 unauthenticatedSocketsPerAddress", "flood1 unauthenticatedSocketsPerAddress");
    }

    @Test
    void socketOfTheAddressWithMostSocketsIsClosedForANewOne() {
        SocketGate gate = new SocketGate(limits().build());
        enter(gate, "192.0.2.1", "first");
        for (int i = 0; i < 5; i++) {
            enter(gate, "198.51.100.1", "flood" + i);
        }
        for (int i = 0; i < 4; i++) {
            enter(gate, "203.0.113.1", "other" + i);
        }
        enter(gate, "192.0.2.2", "new");
        assertThat(evicted).containsExactly("flood0 unauthenticatedSockets");
        enter(gate, "203.0.113.1", "other4"); // among equals the network of the new socket
        assertThat(evicted).last().isEqualTo("other0 unauthenticatedSockets");
    }

    @Test
    void oneIpv6NetworkIsOneAddress() {
        SocketGate gate = new SocketGate(limits().build());
        for (int i = 0; i < 6; i++) {
            enter(gate, "2001:db8:0:1:" + i + "::1", "near" + i);
        }
        assertThat(evicted).containsExactly("near0 unauthenticatedSocketsPerAddress");
        evicted.clear();
        SocketGate other = new SocketGate(limits().build());
        for (int i = 0; i < 6; i++) {
            enter(other, "2001:db8:0:" + i + "::1", "far" + i);
        }
        assertThat(evicted).isEmpty();
    }

    @Test
    void idleSocketsMakeRoomBeforeBusyOnes() {
        SocketGate gate = new SocketGate(limits().build());
        SocketGate.Pass working = enter(gate, "192.0.2.1", "working");
        working.busy();
        for (int i = 0; i < 5; i++) {
            enter(gate, "192.0.2.1", "idle" + i);
        }
        assertThat(evicted).containsExactly("idle0 unauthenticatedSocketsPerAddress");
        working.idle();
        for (int i = 5; i < 9; i++) {
            enter(gate, "192.0.2.1", "idle" + i);
        }
        assertThat(evicted).hasSize(5).noneMatch(name -> name.startsWith("working"));
        enter(gate, "192.0.2.1", "idle9");
        assertThat(evicted).last().isEqualTo("working unauthenticatedSocketsPerAddress");
    }

    @Test
    void clientsAreNeverEvictedAndThePlacesOfResumesAreKept() {
        SocketGate gate =
                new SocketGate(limits().sockets(10).connectionsPerAddress(100).build());
        for (int i = 0; i < 8; i++) {
            assertThat(enter(gate, "192.0.2." + i, "client").connect()).isEmpty();
        }
        SocketGate.Pass entering = enter(gate, "192.0.2.100", "new");
        assertThat(entering.connect()).contains("sockets");
        entering.authenticated();
        enter(gate, "192.0.2.101", "unauthenticated");
        SocketGate.Pass returning = enter(gate, "192.0.2.102", "returning");
        assertThat(evicted).containsExactly("unauthenticated sockets");
        returning.authenticated();
        assertThat(gate.enter(address("192.0.2.103"), false, limit -> {})).isEqualTo(new SocketGate.Refused("sockets"));
        assertThat(evicted).hasSize(1);
        returning.closed();
        enter(gate, "192.0.2.104", "again");
    }

    @Test
    void oneAddressHoldsSoManyClientsButMayResumeMore() {
        SocketGate gate = new SocketGate(limits().connectionsPerAddress(2).build());
        SocketGate.Pass first = enter(gate, "192.0.2.1", "first");
        assertThat(first.connect()).isEmpty();
        assertThat(enter(gate, "192.0.2.1", "second").connect()).isEmpty();
        SocketGate.Pass third = enter(gate, "192.0.2.1", "third");
        assertThat(third.connect()).contains("connectionsPerAddress");
        assertThat(enter(gate, "192.0.2.2", "other").connect()).isEmpty();
        first.closed();
        assertThat(third.connect()).isEmpty();
        enter(gate, "192.0.2.1", "returning").authenticated();
    }

    @Test
    void theSocketsOfAProxyCountForItsClients() {
        SocketGate gate = new SocketGate(limits().build());
        for (int i = 0; i < 9; i++) {
            String name = "client" + i;
            SocketGate.Entry entry = gate.enter(address("10.0.0.1"), true, limit -> evicted.add(name + " " + limit));
            ((SocketGate.Admitted) entry).pass().moveTo(address(i < 3 ? "192.0.2." + i : "198.51.100.7"));
        }
        assertThat(evicted).containsExactly("client3 unauthenticatedSocketsPerAddress");
    }

    @Test
    void evictedSocketsThatAreNotYetClosedAreBounded() {
        SocketGate gate = new SocketGate(limits().build());
        int entered = 0;
        while (entered < 10_000
                && gate.enter(address("192.0.2.1"), false, limit -> {}) instanceof SocketGate.Admitted) {
            entered++;
        }
        assertThat(entered).isEqualTo(100 + SocketGate.EVICTED);
    }

    /** Against a model that counts everything anew after each of many random steps. */
    @Test
    void countsStayRightWhateverHappens() {
        SplittableRandom random = new SplittableRandom(7);
        SocketGate gate = new SocketGate(limits().sockets(30).build());
        Map<SocketGate.Pass, String> unauthenticated = new HashMap<>();
        Map<SocketGate.Pass, String> clients = new HashMap<>();
        List<SocketGate.Pass> leaving = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            String where = "192.0.2." + random.nextInt(6);
            List<SocketGate.Pass> known = new ArrayList<>(unauthenticated.keySet());
            known.addAll(clients.keySet());
            SocketGate.Pass some = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    SocketGate.Pass[] own = new SocketGate.Pass[1];
                    SocketGate.Entry entry = gate.enter(address(where), false, limit -> {
                        assertThat(unauthenticated.remove(own[0])).isNotNull();
                        leaving.add(own[0]);
                    });
                    if (entry instanceof SocketGate.Admitted admitted) {
                        own[0] = admitted.pass();
                        unauthenticated.put(own[0], where);
                    }
                }
                case 2 -> {
                    if (some != null && some.connect().isEmpty() && unauthenticated.containsKey(some)) {
                        clients.put(some, unauthenticated.remove(some));
                    }
                }
                case 3 -> {
                    if (some != null) {
                        some.closed();
                        unauthenticated.remove(some);
                        clients.remove(some);
                    }
                }
                case 4 -> {
                    if (unauthenticated.containsKey(some)) {
                        unauthenticated.put(some, where);
                        some.moveTo(address(where));
                    }
                }
                default -> {
                    if (some != null) {
                        some.busy();
                    }
                    leaving.forEach(SocketGate.Pass::closed);
                    leaving.clear();
                }
            }
            assertThat(gate.sockets()).isEqualTo(unauthenticated.size() + clients.size() + leaving.size());
            assertThat(unauthenticated.size()).isLessThanOrEqualTo(10);
            assertThat(unauthenticated.size() + clients.size()).isLessThanOrEqualTo(30);
            for (int i = 0; i < 6; i++) {
                String address = "192.0.2." + i;
                assertThat(unauthenticated.values().stream()
                                .filter(address::equals)
                                .count())
                        .isLessThanOrEqualTo(5);
            }
        }
        unauthenticated.keySet().forEach(SocketGate.Pass::closed);
        clients.keySet().forEach(SocketGate.Pass::closed);
        leaving.forEach(SocketGate.Pass::closed);
        assertThat(gate.sockets()).isZero();
        assertThat(gate.networks()).isZero();
    }
}
