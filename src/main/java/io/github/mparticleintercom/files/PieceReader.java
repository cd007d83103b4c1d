package io.github.mparticleintercom.files;

import java.io.IOException;

/** Reads a file batch by batch. */
interface PieceReader {

    /** The next batch, or what stands in its place; null at the end. */
    Piece next() throws IOException;
}
