package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.LiveSession;
import java.util.Locale;

/**
 * What a Java process holds whose whole heap is resident, see {@link LiveSession#withResidentHeap}.
 *
 * @param heap megabytes in the heap after a collection
 * @param resident megabytes, the heap included
 */
public record MemoryUse(double heap, double resident, long threads, long descriptors) {
    private static final double HEAP_MEGABYTES = 4;

    /** Freed memory between blocks in use stays resident: it goes up and down by as much. */
    private static final double NATIVE_MEGABYTES = 40;

    private static final long THREADS = 5;
    private static final long DESCRIPTORS = 8;

    public static MemoryUse of(ProcessUse process) {
        double heap = process.heapMegabytes();
        process.trimNativeHeap(); // after a busy moment the allocator keeps much freed memory for a while
        return new MemoryUse(heap, process.residentMegabytes(), process.threads(), process.descriptors());
    }

    public void assertBaseline(MemoryUse warm) {
        assertThat(heap - warm.heap).as("heap, %s", this).isLessThan(HEAP_MEGABYTES);
        assertThat(resident - warm.resident).as("native memory, %s", this).isLessThan(NATIVE_MEGABYTES);
        assertThat(threads - warm.threads).as("threads, %s", this).isLessThanOrEqualTo(THREADS);
        assertThat(descriptors - warm.descriptors).as("descriptors, %s", this).isLessThanOrEqualTo(DESCRIPTORS);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "(heap %.1f of %.0f MB, %d threads, %d files)", heap, resident, threads, descriptors);
    }
}
