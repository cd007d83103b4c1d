package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a file batch by batch. */
abstract class PieceReader {

    /** How the batches stand in a file. */
    enum Layout {
        /** One to a line. */
        LINES,
        /** In an array, or one after another with any white space in and between them. */
        VALUES
    }

    /**
     * One batch out of a file.
     *
     * @param batch what was read
     * @param bytes how much of the file it took, about
     */
    record Piece(RawBatch batch, long bytes) {
    }

    /** The file's name, for a person. */
    final String file;
    /** The largest batch, in bytes. */
    final int maxBytes;
    /** Distinguishes it from other files that had or will have this name, and not from itself when it is read again. */
    private final String key;
    private String rest = "";

    PieceReader(File file, int maxBytes) {
        this.file = MparticleFiles.printable(file.getName());
        this.maxBytes = maxBytes;
        key = file.length() + "-" + file.lastModified();
    }

    static PieceReader of(Layout layout, File file, InputStream text, int maxBytes) throws IOException {
        return layout == Layout.LINES ? new LinePieces(file, text, maxBytes) : new ValuePieces(file, text, maxBytes);
    }

    /** The next batch, or what stands in its place; null at the end. */
    abstract Piece next() throws IOException;

    /** The origin of the batch at this place of the file. */
    final String origin(String where) {
        return "file " + key + " " + where;
    }

    /** What of the file cannot be read, for a person; "" as long as nothing is known of it. */
    final String rest() {
        return rest;
    }

    /** What stands in the place of all batches from here on. */
    final Piece rest(String words, String source, String origin) {
        rest = words;
        return broken(words.getBytes(StandardCharsets.UTF_8), source, origin, Reason.INVALID_JSON, 0);
    }

    /** What stands in the place of a batch. */
    final Piece broken(byte[] text, String source, String origin, Reason reason, long bytes) {
        return new Piece(RawBatch.broken(text, source, origin(origin), System.currentTimeMillis(), reason), bytes);
    }

    /**
     * A first line that is JSON by itself makes it lines. Else it depends on whether a value starts there all the same: if
     * not, that line is bad, and the lines behind it may be good.
     */
    static Layout layout(File file, int maxBytes) throws IOException {
        boolean array;
        Piece line;
        try (FileSource source = new FileSource(file)) {
            array = source.firstCharacter() == '[';
            line = new LinePieces(file, source.text(), maxBytes).next();
        }
        if (line == null || !array && !isBroken(line)) {
            return Layout.LINES;
        }
        try (FileSource source = new FileSource(file)) {
            PieceReader values = new ValuePieces(file, source.text(), maxBytes);
            Piece value = values.next();
            if (isBroken(value)) {
                return Layout.LINES;
            }
            boolean goesOnBehindTheLine = array || value.bytes() > line.bytes();
            return goesOnBehindTheLine || !isBroken(values.next()) ? Layout.VALUES : Layout.LINES;
        }
    }

    private static boolean isBroken(Piece piece) {
        return piece != null && piece.batch().reason() == Reason.INVALID_JSON;
    }
}
