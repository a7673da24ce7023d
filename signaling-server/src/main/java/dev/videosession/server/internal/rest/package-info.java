/** OpenTok's REST API, as the OpenTok server libraries speak it. */
@NullMarked
package dev.videosession.server.internal.rest;

import org.jspecify.annotations.NullMarked;
