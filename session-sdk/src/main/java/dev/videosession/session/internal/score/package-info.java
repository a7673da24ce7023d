/** Measures media paths and rates them. */
@NullMarked
package dev.videosession.session.internal.score;

import org.jspecify.annotations.NullMarked;
