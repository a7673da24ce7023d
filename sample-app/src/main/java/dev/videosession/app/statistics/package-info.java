/** Statistics of media links, as numbers and as plots. */
@NullMarked
package dev.videosession.app.statistics;

import org.jspecify.annotations.NullMarked;
