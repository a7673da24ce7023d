/**
 * OpenTok's REST API, in the form that the OpenTok server libraries use. {@link OpenTokRest} has all routes; each class of calls turns
 * requests into calls of {@link dev.videosession.server.control.SessionControl}.
 */
@NullMarked
package dev.videosession.server.internal.rest;

import org.jspecify.annotations.NullMarked;
