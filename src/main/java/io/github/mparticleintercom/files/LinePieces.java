package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Newline-delimited batches: a bad line costs that line only. */
final class LinePieces implements PieceReader {

    private final InputStream stream;
    private final FilePlace place;
    private final String file;
    private final int maxBytes;
    private long line;

    LinePieces(InputStream stream, FilePlace place, int maxBytes) {
        this.stream = stream;
        this.place = place;
        this.file = place.name();
        this.maxBytes = maxBytes;
    }

    @Override
    public Piece next() throws IOException {
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
                return new Piece(RawBatch.broken(text.toByteArray(), source, place.at(source), System.currentTimeMillis(), Reason.BATCH_TOO_LARGE), length);
            }
            if (!isBlank(text)) {
                return new Piece(RawBatch.parse(text.toByteArray(), source, place.at(source), System.currentTimeMillis()), length);
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
        return text.size() == 0 || text.size() < 80 && text.toString(StandardCharsets.UTF_8).isBlank();
    }
}
