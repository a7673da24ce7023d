/** The scenarios, the same for every server. */
@NullMarked
package dev.videosession.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
