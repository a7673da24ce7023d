package dev.videosession.testsupport.cycle;

/** Depends on {@link First} by a call. */
public final class Third {
    int number() {
        return new First().hashCode();
    }
}
