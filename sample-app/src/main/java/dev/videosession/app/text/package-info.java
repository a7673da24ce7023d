/** The words of the windows, in resource bundles. */
@NullMarked
package dev.videosession.app.text;

import org.jspecify.annotations.NullMarked;
