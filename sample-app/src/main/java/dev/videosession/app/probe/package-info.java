/** What a received stream is like, by what is in its pictures and its sound. */
@NullMarked
package dev.videosession.app.probe;

import org.jspecify.annotations.NullMarked;
