/** A picture that stands in for a camera. */
@NullMarked
package dev.videosession.app.synthetic;

import org.jspecify.annotations.NullMarked;
