/** Tables and plots. */
@NullMarked
package dev.videosession.benchmark.report;

import org.jspecify.annotations.NullMarked;
