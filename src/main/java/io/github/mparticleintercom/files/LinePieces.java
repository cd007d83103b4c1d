package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Newline-delimited batches: a bad line costs that line only. */
final class LinePieces extends PieceReader {

    private final InputStream stream;
    private long line;

    LinePieces(File file, InputStream stream, int maxBytes) {
        super(file, maxBytes);
        this.stream = stream;
    }

    @Override
    Piece next() throws IOException {
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
                return broken(text.toByteArray(), source, source, Reason.BATCH_TOO_LARGE, length);
            }
            if (!isBlank(text)) {
                return new Piece(RawBatch.parse(text.toByteArray(), source, origin(source), System.currentTimeMillis()), length);
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
