package dev.videosession.testsupport.cycle;

/** Depends on {@link Third} by an array. */
public final class Second {
    Third[] thirds = {};
}
