package io.github.mparticleintercom.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** An array of batches, or batches one after another with any white space: read value by value, never as a whole. */
final class ValuePieces implements PieceReader {

    private final JsonParser parser;
    private final FilePlace place;
    private final String file;
    private final int maxBytes;
    private long number;
    private boolean broken;

    ValuePieces(InputStream stream, FilePlace place, int maxBytes) throws IOException {
        this.parser = Json.MAPPER.createParser(stream);
        this.place = place;
        this.file = place.name();
        this.maxBytes = maxBytes;
    }

    @Override
    public Piece next() throws IOException {
        long start = parser.currentLocation().getByteOffset();
        try {
            JsonToken token = broken ? null : parser.nextToken();
            while (token == JsonToken.END_ARRAY || token == JsonToken.START_ARRAY && parser.getParsingContext().getParent()
                    .inRoot()) {
                token = parser.nextToken();
            }
            return token == null ? null : value(start);
        } catch (JsonProcessingException e) {
            // nobody knows where the next value starts
            broken = true;
            byte[] where = ("The rest of " + file + " from byte " + start + " on is not JSON")
                    .getBytes(StandardCharsets.UTF_8);
            return new Piece(RawBatch.broken(where, source(), place.at(source()), System.currentTimeMillis(), Reason.INVALID_JSON), 0);
        }
    }

    private Piece value(long start) throws IOException {
        number++;
        int depth = 0;
        boolean tooLarge = false;
        try (TokenBuffer buffer = new TokenBuffer(parser).forceUseOfBigDecimal(true)) {
            do {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tooLarge |= parser.currentLocation().getByteOffset() - start > maxBytes;
                if (!tooLarge) {
                    buffer.copyCurrentEvent(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
            long bytes = parser.currentLocation().getByteOffset() - start;
            if (tooLarge) {
                byte[] where = ("The batch of " + bytes + " bytes at byte " + start + " of " + file)
                        .getBytes(StandardCharsets.UTF_8);
                return new Piece(RawBatch.broken(where, source(), place.at(source()), System.currentTimeMillis(), Reason.BATCH_TOO_LARGE), 0);
            }
            return new Piece(RawBatch.of(Json.MAPPER.readTree(buffer.asParser(Json.MAPPER)), source(), place.at(source()),
                    System.currentTimeMillis()), bytes);
        }
    }

    private String source() {
        return file + " batch " + number;
    }
}
