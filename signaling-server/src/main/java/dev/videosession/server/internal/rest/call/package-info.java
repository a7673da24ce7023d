/** One call of the REST API: its route, parameters and body, and the form of answers and errors. */
@NullMarked
package dev.videosession.server.internal.rest.call;

import org.jspecify.annotations.NullMarked;
