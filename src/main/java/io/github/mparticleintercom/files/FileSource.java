package io.github.mparticleintercom.files;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/** The text of a file from its first byte on, unpacked where it is packed, behind a byte order mark where it has one. */
final class FileSource implements Closeable {

    private static final int BUFFER_BYTES = 1 << 16;
    /** Damage in a packed file costs so much of what stands before it. */
    private static final int UNPACKED_BYTES = 1 << 12;

    private final long size;
    private final FileChannel raw;
    private final InputStream text;

    FileSource(File file) throws IOException {
        size = file.length();
        // not through a link that took its place in the meantime
        raw = FileChannel.open(file.toPath(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            text = unpacked(new BufferedInputStream(Channels.newInputStream(raw), BUFFER_BYTES));
            skipMark(text);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    InputStream text() {
        return text;
    }

    /** The first character that is no white space, which stays to be read; -1 if there is none near the start. */
    int firstCharacter() throws IOException {
        text.mark(BUFFER_BYTES);
        int next = text.read();
        for (int read = 1; read < BUFFER_BYTES && next != -1 && Character.isWhitespace(next); read++) {
            next = text.read();
        }
        text.reset();
        return next;
    }

    /** How much of the file was read, in percent. */
    long percent() {
        try {
            return size == 0 ? 100 : Math.min(100, raw.position() * 100 / size);
        } catch (IOException e) {
            return 100;
        }
    }

    boolean isOpen() {
        return raw.isOpen();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    /** What it is shows from its first bytes, not its name. */
    private static InputStream unpacked(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() | stream.read() << 8;
        stream.reset();
        return magic == GZIPInputStream.GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(stream, BUFFER_BYTES), UNPACKED_BYTES) : stream;
    }

    private static void skipMark(InputStream stream) throws IOException {
        stream.mark(3);
        if (stream.read() != 0xEF || stream.read() != 0xBB || stream.read() != 0xBF) {
            stream.reset();
        }
    }
}
