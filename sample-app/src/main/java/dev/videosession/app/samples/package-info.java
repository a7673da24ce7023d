/**
 * Short programs about one thing each: learning that a session ended, keeping one's picture, and ending the connections of
 * others. A test runs each of them against a real server.
 */
@NullMarked
package dev.videosession.app.samples;

import org.jspecify.annotations.NullMarked;
