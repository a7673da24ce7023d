/** Synthetic video in place of a camera. */
@NullMarked
package dev.videosession.app.synthetic;

import org.jspecify.annotations.NullMarked;
