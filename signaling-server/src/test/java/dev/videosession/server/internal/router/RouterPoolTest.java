package dev.videosession.server.internal.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RouterPoolTest {
    private final FakeRouter first = new FakeRouter("first");
    private final FakeRouter second = new FakeRouter("second");
    private final RouterPool pool =
            new RouterPool(List.of(first, second), ServerLimits.builder().build());
    private final List<RouterRoom> placed = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private RouterPool.Place place() {
        return pool.place(Runnable::run, placed::add, () -> lost.add("lost"));
    }

    @Test
    void sessionIsPlacedOnTheRouterWithTheLeastLoad() {
        first.load(3);
        second.load(2);
        place();
        assertThat(placed).containsExactly(second.lastRoom());
    }

    @Test
    void loadIsMeasuredByWhatARouterCarries() {
        first.capacity(100).load(50);
        second.capacity(1000).load(100);
        place();
        assertThat(placed).containsExactly(second.lastRoom());
        assertThat(pool.capacity()).isEqualTo(1100);
        first.up(false);
        assertThat(pool.capacity()).isEqualTo(1000);
    }

    @Test
    void sessionsThatArePlacedAtOnceAreSpreadOverTheRouters() {
        for (int i = 0; i < 10; i++) {
            place();
        }
        assertThat(first.rooms).hasSize(5);
        assertThat(second.rooms).hasSize(5);
    }

    @Test
    void routerThatIsDownGetsNoSession() {
        first.up(false);
        second.load(100);
        place();
        assertThat(placed).containsExactly(second.lastRoom());
    }

    @Test
    void sessionWaitsForARouter() {
        first.up(false);
        second.up(false);
        place();
        assertThat(placed).isEmpty();
        second.up(true);
        assertThat(placed).containsExactly(second.lastRoom());
        first.up(true);
        assertThat(placed).hasSize(1);
    }

    @Test
    void sessionThatNoLongerWaitsIsNotPlaced() {
        first.up(false);
        second.up(false);
        place().close();
        first.up(true);
        assertThat(placed).isEmpty();
        assertThat(first.asked).isEmpty();
    }

    @Test
    void lossOfARoomIsReported() {
        place();
        first.lose();
        assertThat(lost).containsExactly("lost");
    }

    @Test
    void closedPlaceClosesItsRoomAndReceivesNoMoreEvents() {
        place().close();
        assertThat(first.asked).containsExactly("open", "close room");
        first.lose();
        assertThat(lost).isEmpty();
    }

    @Test
    void roomThatIsLostBeforeItIsDeliveredIsDeliveredFirst() {
        Queue<Runnable> session = new ArrayDeque<>();
        List<String> heard = new ArrayList<>();
        pool.place(session::add, room -> heard.add("placed"), () -> heard.add("lost"));
        Runnable delivery = session.remove();
        first.lose();
        session.remove().run();
        delivery.run();
        assertThat(heard).containsExactly("placed", "lost");
    }

    @Test
    void closingThePoolClosesItsRouters() {
        pool.close();
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
        place();
        assertThat(placed).isEmpty();
    }
}
