package dev.videosession.testsupport.cycle;

/** Depends on {@link Second} by a field of a nested class. */
public final class First {
    /** Holds the dependency. */
    public static final class Nested {
        Second second = new Second();
    }
}
