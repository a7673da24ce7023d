/** The messages of each server that is compared. */
@NullMarked
package dev.videosession.benchmark.dialect;

import org.jspecify.annotations.NullMarked;
