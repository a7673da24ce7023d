/** Access to the REST API: the token of a call, its project, and its rate. */
@NullMarked
package dev.videosession.server.internal.rest.access;

import org.jspecify.annotations.NullMarked;
