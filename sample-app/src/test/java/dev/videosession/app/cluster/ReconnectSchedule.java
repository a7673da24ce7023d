package dev.videosession.app.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** When and where a client tries to resume after a loss, as PROTOCOL.md demands (section 5). Not thread-safe. */
final class ReconnectSchedule {
    private static final int[] LONGEST_WAIT_MILLIS = {200, 400, 800, 800, 800, 800, 800, 800, 4000};

    private final int nodes;
    private final Random random;
    private final Deque<Integer> untried = new ArrayDeque<>();
    private long windowMillis = TimeUnit.DAYS.toMillis(1); // none, until the server has named one
    private long suspensionMillis;
    private int attempts;
    private long deadline;
    private long hintMillis;

    ReconnectSchedule(int nodes, Random random) {
        this.nodes = nodes;
        this.random = random;
    }

    /** Sets what the server has said at the connect, in milliseconds. */
    void use(long resumeWindowMillis, long silenceMillis) {
        windowMillis = resumeWindowMillis;
        suspensionMillis = 2 * (resumeWindowMillis + silenceMillis);
    }

    /**
     * The socket at a node is lost. Other nodes come first, and of those the ones that the server has named.
     *
     * @param lost node whose socket is lost
     * @param named nodes at which to resume first
     * @param now by {@link System#nanoTime}
     */
    void begin(int lost, List<Integer> named, long now) {
        attempts = 0;
        untried.clear();
        refill();
        List<Integer> first = untried.stream().filter(named::contains).toList();
        untried.removeAll(first);
        first.forEach(untried::addFirst);
        untried.remove(lost);
        untried.addLast(lost);
        extend(now, windowMillis);
    }

    private void refill() {
        List<Integer> all = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            all.add(node);
        }
        Collections.shuffle(all, random);
        untried.addAll(all);
    }

    private void extend(long now, long millis) {
        deadline = now + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** The server asks to wait. The window begins again. */
    void hint(long millis, long now) {
        hintMillis = millis;
        extend(now, windowMillis + millis);
    }

    /** The server has accepted a socket and says nothing: it is suspended, and extends its own deadlines when it continues. */
    void suspended(long lastMessage) {
        long end = lastMessage + TimeUnit.MILLISECONDS.toNanos(suspensionMillis);
        deadline = Math.max(deadline, end);
    }

    /** {@return whether it is too late for another attempt} */
    boolean isOver(long now) {
        return now - deadline > 0;
    }

    /** {@return the node of the next attempt} */
    int node() {
        if (untried.isEmpty()) {
            refill();
        }
        return untried.removeFirst();
    }

    /** {@return how long to wait before the next attempt, in milliseconds} */
    long waitMillis() {
        int longest = LONGEST_WAIT_MILLIS[Math.min(attempts++, LONGEST_WAIT_MILLIS.length - 1)];
        long wait = hintMillis + random.nextInt(longest + 1);
        hintMillis = 0;
        return wait;
    }
}
