package dev.videosession.server.internal.outbox;

import java.util.function.LongSupplier;

/**
 * Memory that a session holds for clients.
 *
 * @param bytes how much it is; called on any thread
 * @param releaser frees it; called on any thread
 */
public record HeldMemory(LongSupplier bytes, Runnable releaser) implements MemoryBudget.Holder {
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
