/** Where clients are: one address for every limit and every log, whatever stands in between. */
@NullMarked
package dev.videosession.server.address;

import org.jspecify.annotations.NullMarked;
