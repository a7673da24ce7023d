/** Sessions at work: each runs on one event loop and is changed nowhere else. */
@NullMarked
package dev.videosession.server.internal.session;

import org.jspecify.annotations.NullMarked;
