package dev.videosession.app.demo;

import java.util.ArrayList;
import java.util.List;

/** What must hold, and whether it did. */
final class Checks {
    private final Timeline timeline;
    private final List<String> failures = new ArrayList<>();

    Checks(Timeline timeline) {
        this.timeline = timeline;
    }

    void that(boolean holds, String what) {
        timeline.print((holds ? "  ok    " : "  FAIL  ") + what);
        if (!holds) {
            failures.add(what);
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
