/**
 * What a source of video or audio is. The sources of this library come from {@link dev.videosession.media.VideoSources} and
 * {@link dev.videosession.media.AudioSources}; an application can write its own.
 */
@NullMarked
package dev.videosession.media.source;

import org.jspecify.annotations.NullMarked;
