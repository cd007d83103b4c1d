package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import java.io.File;
import java.io.IOException;

/** How the batches stand in a file. */
enum FileLayout {

    /** One to a line. */
    LINES {
        @Override
        PieceReader read(FileSource source, FilePlace place, int maxBytes) {
            return new LinePieces(source.text(), place, maxBytes);
        }
    },
    /** In an array, or one after another with any white space in and between them. */
    VALUES {
        @Override
        PieceReader read(FileSource source, FilePlace place, int maxBytes) throws IOException {
            return new ValuePieces(source.text(), place, maxBytes);
        }
    };

    abstract PieceReader read(FileSource source, FilePlace place, int maxBytes) throws IOException;

    /**
     * A first line that is JSON by itself makes it lines. Else it depends on whether a value starts there all the same: if
     * not, that line is bad, and the lines behind it may be good.
     */
    static FileLayout of(File file, int maxBytes) throws IOException {
        boolean array;
        Piece line;
        try (FileSource source = new FileSource(file)) {
            array = source.firstCharacter() == '[';
            line = LINES.read(source, FilePlace.of(file), maxBytes).next();
        }
        if (line == null || !array && !isBroken(line)) {
            return LINES;
        }
        try (FileSource source = new FileSource(file)) {
            PieceReader values = VALUES.read(source, FilePlace.of(file), maxBytes);
            Piece value = values.next();
            if (isBroken(value)) {
                return LINES;
            }
            boolean goesOnBehindTheLine = array || value.bytes() > line.bytes();
            return goesOnBehindTheLine || !isBroken(values.next()) ? VALUES : LINES;
        }
    }

    private static boolean isBroken(Piece piece) {
        return piece != null && piece.batch().reason() == Reason.INVALID_JSON;
    }
}
