package dev.videosession.media.source;

/** A source of audio: the microphone, or audio that is made in Java. Created by {@link dev.videosession.media.AudioSources}. */
public sealed interface AudioSource permits Microphone, PushedAudioSource {}
