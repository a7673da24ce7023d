/** What the SDK's events are called where people read them. */
@NullMarked
package dev.videosession.app.event;

import org.jspecify.annotations.NullMarked;
