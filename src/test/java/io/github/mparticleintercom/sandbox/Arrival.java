package io.github.mparticleintercom.sandbox;

import java.time.Instant;

/** When the head of a request arrived. */
record Arrival(long nanoTime, Instant time) {
}
