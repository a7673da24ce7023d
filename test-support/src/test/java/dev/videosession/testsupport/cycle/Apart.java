package dev.videosession.testsupport.cycle;

/** Depends on {@link First}, which does not depend on it. */
public final class Apart {
    First first = new First();
}
