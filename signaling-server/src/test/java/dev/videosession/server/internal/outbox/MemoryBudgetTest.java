package dev.videosession.server.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final AtomicLong direct = new AtomicLong(Long.MAX_VALUE);
    private final List<String> released = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget(1000, direct::get);

    private final class Holder implements MemoryBudget.Holder {
        private final String name;
        private final boolean shared;
        private long bytes;

        Holder(String name, boolean shared, long bytes) {
            this.name = name;
            this.shared = shared;
            this.bytes = bytes;
            budget.add(this);
        }

        @Override
        public long heldBytes() {
            return bytes;
        }

        @Override
        public boolean isShared() {
            return shared;
        }

        @Override
        public void release() {
            bytes = 0;
            released.add(name);
        }
    }

    @Test
    void largestGoesFirstUntilTheRestIsWithinTheBudget() {
        new Holder("small socket", true, 100);
        new Holder("large socket", true, 600);
        new Holder("history", false, 500);
        new Holder("parked", false, 400);
        assertThat(budget.check()).isEqualTo(1);
        assertThat(released).containsExactly("large socket");
        new Holder("other history", false, 450);
        assertThat(budget.check()).isEqualTo(1);
        assertThat(released).containsExactly("large socket", "history");
        assertThat(budget.check()).isZero();
    }

    @Test
    void exactlyTheBudgetIsWithinIt() {
        new Holder("a", true, 500);
        new Holder("b", false, 500);
        assertThat(budget.check()).isZero();
        new Holder("c", false, 1);
        assertThat(budget.check()).isEqualTo(1);
    }

    @Test
    void framesThatSocketsShareCountOnce() {
        for (int i = 0; i < 100; i++) {
            new Holder("socket " + i, true, 500);
        }
        direct.set(600);
        assertThat(budget.check()).isZero();
        direct.set(1001);
        assertThat(budget.check()).isEqualTo(1);
    }

    @Test
    void holderThatWasRemovedDoesNotCount() {
        Holder gone = new Holder("closed", false, 5000);
        budget.remove(gone);
        assertThat(budget.check()).isZero();
    }
}
