/** The command that runs benchmarks. */
@NullMarked
package dev.videosession.benchmark;

import org.jspecify.annotations.NullMarked;
