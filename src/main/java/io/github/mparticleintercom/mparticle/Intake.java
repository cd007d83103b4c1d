package io.github.mparticleintercom.mparticle;

import java.util.List;

/**
 * What one message, post or piece of a file brought in: it is queued whole or not at all.
 *
 * @param batches    the batches in the order they came
 * @param receivedAt when it came, in Unix milliseconds: the time of events that bring none, fixed once
 */
public record Intake(List<RawBatch> batches, long receivedAt) {
}
