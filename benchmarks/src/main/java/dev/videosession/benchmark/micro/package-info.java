/** Parts of the server by themselves, measured with JMH. */
@NullMarked
package dev.videosession.benchmark.micro;

import org.jspecify.annotations.NullMarked;
