/** Values that describe a server: limits, ICE servers, certificate files, session policies, webhooks. */
@NullMarked
package dev.videosession.server.settings;

import org.jspecify.annotations.NullMarked;
