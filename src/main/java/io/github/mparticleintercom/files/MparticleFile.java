package io.github.mparticleintercom.files;

import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/**
 * A file of batches, read in pieces that each go into one transaction. It may hold one batch, an array of batches or
 * newline-delimited batches, packed with gzip or not; what it is shows from its first bytes, not its name.
 */
public final class MparticleFile implements Iterator<List<RawBatch>>, Closeable {

    /** As much as goes well into one transaction: the journal is written once for all of it. */
    private static final int PIECE_BATCHES = 50;
    private static final long PIECE_BYTES = 256 * 1024;
    /** So many entries without one batch among them, and the file is none of ours. */
    private static final int HOPELESS = 100;

    private final long size;
    private final FileInputStream raw;
    private final PieceReader pieces;
    private final List<RawBatch> held = new ArrayList<>();
    private boolean readable;
    private List<RawBatch> ahead;

    MparticleFile(File file, int maxBatchBytes) throws IOException {
        this.size = file.length();
        this.raw = new FileInputStream(file);
        try {
            this.pieces = reader(unpacked(new BufferedInputStream(raw, 1 << 16)), file.getName(), maxBatchBytes);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Whether a batch was found in it so far. */
    boolean isReadable() {
        return readable;
    }

    /** The first thing in it that is no batch; null if there is none. */
    RawBatch firstBroken() {
        return held.isEmpty() ? null : held.get(0);
    }

    /** How much of the file was read, in percent. */
    long percent() {
        try {
            return size == 0 ? 100 : raw.getChannel().position() * 100 / size;
        } catch (IOException e) {
            return 100;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            if (ahead == null) {
                ahead = fetch();
            }
            return !ahead.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<RawBatch> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<RawBatch> piece = ahead;
        ahead = null;
        return piece;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    /** Until the first batch shows that the file is one of ours, what cannot be read is held back. */
    private List<RawBatch> fetch() throws IOException {
        List<RawBatch> piece = new ArrayList<>();
        long bytes = 0;
        while (piece.size() < PIECE_BATCHES && bytes < PIECE_BYTES && (readable || held.size() < HOPELESS)) {
            Piece next = pieces.next();
            if (next == null) {
                break;
            }
            bytes += next.bytes();
            if (!readable && next.batch().reason() != null) {
                held.add(next.batch());
                continue;
            }
            if (!readable) {
                readable = true;
                piece.addAll(held);
            }
            piece.add(next.batch());
        }
        return piece;
    }

    private static InputStream unpacked(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() | stream.read() << 8;
        stream.reset();
        return magic == GZIPInputStream.GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16) : stream;
    }

    private static PieceReader reader(InputStream stream, String name, int maxBytes) throws IOException {
        int first = firstCharacter(stream);
        if (first == '[') {
            return new ValuePieces(stream, name, maxBytes);
        }
        LinePieces lines = new LinePieces(stream, name, maxBytes);
        return lines.isLines() ? lines
                : new ValuePieces(new SequenceInputStream(new ByteArrayInputStream(lines.head()), stream), name, maxBytes);
    }

    /** Leaves the stream before its first character, behind a byte order mark if it has one. */
    private static int firstCharacter(InputStream stream) throws IOException {
        stream.mark(3);
        if (stream.read() != 0xEF || stream.read() != 0xBB || stream.read() != 0xBF) {
            stream.reset();
        }
        int next;
        do {
            stream.mark(1);
            next = stream.read();
        } while (next == ' ' || next == '\t' || next == '\r');
        stream.reset();
        return next;
    }
}
