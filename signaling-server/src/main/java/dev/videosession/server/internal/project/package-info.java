/** The projects file. */
@NullMarked
package dev.videosession.server.internal.project;

import org.jspecify.annotations.NullMarked;
