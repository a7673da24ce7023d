package dev.videosession.server.internal.session;

import dev.videosession.server.internal.outbox.MemoryBudget;
import java.util.function.LongSupplier;

/**
 * Something in a session that holds memory for clients.
 *
 * @param bytes tells how much, on any thread
 * @param releaser lets go of it; called on any thread
 */
record HeldMemory(LongSupplier bytes, Runnable releaser) implements MemoryBudget.Holder {
    @Override
    public long heldBytes() {
        return bytes.getAsLong();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void release() {
        releaser.run();
    }
}
