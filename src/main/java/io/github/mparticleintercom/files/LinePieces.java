package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Newline-delimited batches: a bad line costs that line only. */
final class LinePieces implements PieceReader {

    private final InputStream stream;
    private final String file;
    private final int maxBytes;
    private final Deque<Piece> ahead = new ArrayDeque<>();
    private long line;

    LinePieces(InputStream stream, String file, int maxBytes) {
        this.stream = stream;
        this.file = file;
        this.maxBytes = maxBytes;
    }

    @Override
    public Piece next() throws IOException {
        return ahead.isEmpty() ? read() : ahead.poll();
    }

    /**
     * Whether these are lines of batches at all. A file whose first two lines are no JSON each is one batch written over
     * several lines, as people write them.
     */
    boolean isLines() throws IOException {
        for (int lines = 0; lines < 2; lines++) {
            Piece piece = read();
            if (piece == null) {
                return true;
            }
            ahead.add(piece);
            if (piece.batch().json() != null && piece.batch().json().isContainerNode()
                    || piece.batch().reason() == Reason.BATCH_TOO_LARGE) {
                return true;
            }
        }
        return false;
    }

    /** What {@link #isLines()} has read, as it stands in the file. */
    byte[] head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ahead.forEach(piece -> {
            head.writeBytes(piece.batch().bytes());
            head.write('\n');
        });
        return head.toByteArray();
    }

    private Piece read() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long length = 0;
        for (int next = stream.read(); next != -1 || length > 0; next = stream.read()) {
            if (next != '\n' && next != -1) {
                length++;
                if (length <= maxBytes) {
                    text.write(next);
                }
                continue;
            }
            line++;
            String source = file + " line " + line;
            if (length > maxBytes) {
                return new Piece(RawBatch.broken(text.toByteArray(), source, Reason.BATCH_TOO_LARGE), length);
            }
            if (!isBlank(text)) {
                return new Piece(RawBatch.parse(text.toByteArray(), source), length);
            }
            text.reset();
            length = 0;
            if (next == -1) {
                break;
            }
        }
        return null;
    }

    private static boolean isBlank(ByteArrayOutputStream text) {
        return text.size() == 0 || text.size() < 80 && text.toString(java.nio.charset.StandardCharsets.UTF_8).isBlank();
    }
}
