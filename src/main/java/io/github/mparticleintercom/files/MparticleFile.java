package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;

/**
 * A file of batches, read in pieces that each go into one transaction. It may hold one batch, an array of batches or
 * newline-delimited batches, packed with gzip or not. Never more than one piece of it is in memory.
 */
public final class MparticleFile implements Iterator<List<RawBatch>>, Closeable {

    /** As much as goes well into one transaction: the journal is written once for all of it. */
    static final int PIECE_BATCHES = 50;
    static final long PIECE_BYTES = 256 * 1024;

    private final String name;
    private final FileSource source;
    private final PieceReader pieces;
    private final FileProgress progress = new FileProgress(System::nanoTime);
    private List<RawBatch> ahead;
    private long taken;

    private MparticleFile(File file, PieceReader.Layout layout, int maxBatchBytes) throws IOException {
        name = MparticleFiles.printable(file.getName());
        source = new FileSource(file);
        pieces = PieceReader.of(layout, file, source.text(), maxBatchBytes);
    }

    /**
     * Opens a file, after a look whether there is a batch in it at all.
     *
     * @throws UnreadableFile when there is none
     * @throws IOException    when the file cannot be read now
     */
    public static MparticleFile open(File file, int maxBatchBytes) throws IOException, UnreadableFile {
        PieceReader.Layout layout;
        try {
            layout = PieceReader.layout(file, maxBatchBytes);
        } catch (ZipException | EOFException e) {
            throw new UnreadableFile(Reason.INVALID_JSON, "the file cannot be unpacked");
        }
        try (MparticleFile look = new MparticleFile(file, layout, maxBatchBytes)) {
            look.findBatch();
        }
        return new MparticleFile(file, layout, maxBatchBytes);
    }

    /**
     * Looks whether all that is in the file was read.
     *
     * @throws UnreadableFile when it breaks off, is damaged or goes on with something else
     */
    void checkWhole() throws UnreadableFile {
        if (!pieces.rest().isEmpty()) {
            throw new UnreadableFile(Reason.INVALID_JSON, pieces.rest() + "; what stands before it was taken");
        }
    }

    FileProgress progress() {
        return progress;
    }

    /** The same without so many batches from the start. */
    MparticleFile behind(long batches) throws IOException {
        boolean there = false;
        try {
            while (taken < batches && read() != null) {
                taken++;
            }
            there = true;
        } finally {
            if (!there) {
                close();
            }
        }
        return this;
    }

    /** How many batches of it were taken, or left out. */
    long taken() {
        return taken;
    }

    /** How much of the file was read, in percent. */
    long percent() {
        return source.percent();
    }

    boolean isOpen() {
        return source.isOpen();
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
        taken += piece.size();
        return piece;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void findBatch() throws IOException, UnreadableFile {
        RawBatch first = null;
        for (PieceReader.Piece piece = read(); piece != null; piece = read()) {
            RawBatch batch = piece.batch();
            if (batch.reason() == null && MparticleBatches.isBatch(batch.json())) {
                return;
            }
            first = first == null ? batch : first;
        }
        if (first == null) {
            throw new UnreadableFile(Reason.NOT_A_BATCH, "the file is empty");
        }
        throw new UnreadableFile(first.reason() == null ? Reason.NOT_A_BATCH : first.reason(), first.source());
    }

    private List<RawBatch> fetch() throws IOException {
        List<RawBatch> piece = new ArrayList<>();
        long bytes = 0;
        while (piece.size() < PIECE_BATCHES && bytes < PIECE_BYTES) {
            PieceReader.Piece next = read();
            if (next == null) {
                break;
            }
            bytes += next.bytes();
            piece.add(next.batch());
        }
        return piece;
    }

    /** A packed file that breaks off or is damaged costs what comes behind. */
    private PieceReader.Piece read() throws IOException {
        if (!pieces.rest().isEmpty()) {
            return null;
        }
        try {
            return pieces.next();
        } catch (ZipException | EOFException e) {
            return pieces.rest("The rest of " + name + " cannot be unpacked", name + " behind what could be unpacked", "rest");
        }
    }
}
