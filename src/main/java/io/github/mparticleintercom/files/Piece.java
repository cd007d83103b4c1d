package io.github.mparticleintercom.files;

import io.github.mparticleintercom.mparticle.RawBatch;

/**
 * One batch out of a file.
 *
 * @param batch what was read
 * @param bytes how much of the file it took, about
 */
record Piece(RawBatch batch, long bytes) {
}
