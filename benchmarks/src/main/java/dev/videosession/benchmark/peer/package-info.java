/** The servers, each a process of its own. */
@NullMarked
package dev.videosession.benchmark.peer;

import org.jspecify.annotations.NullMarked;
