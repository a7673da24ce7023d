package dev.videosession.benchmark.scenario;

import java.util.List;

/** All benchmarks. */
public final class Scenarios {
    private Scenarios() {}

    /** {@return the benchmarks, in the order in which they run} */
    public static List<Scenario> all() {
        return List.of(
                new FanOut(),
                new Latency(),
                new ConnectRate(),
                new JoinStorm(),
                new KickUnderLoad(),
                new IdleMemory(),
                new SmallSessions(),
                new MediaPaths(),
                new Parts());
    }
}
