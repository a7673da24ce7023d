package dev.videosession.session.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One direction of one socket: nothing overtakes anything here, but lanes know nothing of each other. */
final class ModelLane implements ModelTime.Actor {
    /** What travels. */
    enum Kind {
        REACH,
        OPEN,
        TEXT,
        CLOSE,
        END
    }

    /** One thing that travels; the code belongs to a close frame. */
    record Item(Kind kind, String text, int code) {
        static Item of(Kind kind) {
            return new Item(kind, "", 0);
        }
    }

    private record Travelling(Item item, long due) {}

    private final ModelTime time;
    private final ModelConditions conditions;
    private final LongSupplier receiverBusyUntil;
    private final Consumer<Item> receiver;
    private final boolean up;
    private final Deque<Travelling> items = new ArrayDeque<>();
    private long lastDue;
    private boolean over;

    ModelLane(
            ModelTime time,
            ModelConditions conditions,
            boolean up,
            LongSupplier receiverBusyUntil,
            Consumer<Item> receiver) {
        this.time = time;
        this.conditions = conditions;
        this.up = up;
        this.receiverBusyUntil = receiverBusyUntil;
        this.receiver = receiver;
    }

    void add(Item item) {
        add(item, conditions.delayMillis());
    }

    void add(Item item, long delayMillis) {
        if (!over) {
            lastDue = Math.max(lastDue, time.nanos() + TimeUnit.MILLISECONDS.toNanos(delayMillis));
            items.add(new Travelling(item, lastDue));
        }
    }

    int size() {
        return items.size();
    }

    boolean contains(Kind kind) {
        return items.stream().anyMatch(each -> each.item.kind() == kind);
    }

    /** Loses what was sent last, as much of it as chance wants. */
    void loseTail(Random random) {
        for (int lost = random.nextInt(items.size() + 1); lost > 0; lost--) {
            items.removeLast();
        }
    }

    /** Nothing travels here any more. */
    void finish() {
        over = true;
        items.clear();
    }

    @Override
    public long due() {
        Travelling next = items.peek();
        return next == null || conditions.isBlocked(up)
                ? ModelTime.NEVER
                : next.item.kind() == Kind.REACH && up ? next.due : Math.max(next.due, receiverBusyUntil.getAsLong());
    }

    @Override
    public void work() {
        receiver.accept(items.remove().item);
    }

    @Override
    public boolean hasEnded() {
        return over;
    }
}
