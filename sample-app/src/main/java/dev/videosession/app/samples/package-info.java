/**
 * Short programs about the end of a session: detect it, keep the publisher, and disconnect other clients. A test runs each of them
 * against a real server.
 */
@NullMarked
package dev.videosession.app.samples;

import org.jspecify.annotations.NullMarked;
