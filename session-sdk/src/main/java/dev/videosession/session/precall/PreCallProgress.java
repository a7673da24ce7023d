package dev.videosession.session.precall;

/**
 * How far a pre-call test has come.
 *
 * @param step the step that runs
 * @param fraction how much of the whole test is done, 0 to 1
 */
public record PreCallProgress(PreCallStep step, double fraction) {}
