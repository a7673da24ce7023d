package dev.videosession.media.source;

/** A place sound comes from; see {@link AudioSources}. */
public sealed interface AudioSource permits Microphone, PushedAudioSource {}
