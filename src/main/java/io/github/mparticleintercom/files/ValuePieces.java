package io.github.mparticleintercom.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** An array of batches, or batches one after another with any white space: read value by value, never as a whole. */
final class ValuePieces extends PieceReader {

    /** What Java cannot hold, or what is nested without end, costs only itself: the constraints are ours to apply. */
    private static final int MAX_NUMBER_CHARS = 1_000;
    private static final int MAX_DEPTH = 500;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100_000).maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private final ShortValues json;
    private final JsonParser parser;
    private long number;

    ValuePieces(File file, InputStream stream, int maxBytes) throws IOException {
        super(file, maxBytes);
        json = new ShortValues(stream, maxBytes);
        parser = FACTORY.createParser(json);
    }

    @Override
    Piece next() throws IOException {
        long start = offset();
        try {
            JsonToken token = rest().isEmpty() ? parser.nextToken() : null;
            while (token == JsonToken.END_ARRAY || token == JsonToken.START_ARRAY && parser.getParsingContext().getParent()
                    .inRoot()) {
                token = parser.nextToken();
            }
            return token == null ? null : value(start);
        } catch (JsonProcessingException e) {
            // nobody knows where the next value starts
            return rest("The rest of " + file + " from byte " + start + " on is not JSON", source(), source());
        }
    }

    private Piece value(long start) throws IOException {
        number++;
        int depth = 0;
        boolean tooLarge = false;
        try (TokenBuffer buffer = new TokenBuffer(Json.MAPPER, false).forceUseOfBigDecimal(true)) {
            do {
                JsonToken token = parser.currentToken();
                if (token.isStructStart() && depth >= MAX_DEPTH) {
                    parser.skipChildren();
                    token = JsonToken.VALUE_NULL;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tooLarge |= offset() - start > maxBytes;
                if (!tooLarge) {
                    copy(token, buffer);
                }
            } while (depth > 0 && parser.nextToken() != null);
            long bytes = offset() - start;
            if (tooLarge || bytes > maxBytes) {
                byte[] where = ("The batch of " + bytes + " bytes at byte " + start + " of " + file)
                        .getBytes(StandardCharsets.UTF_8);
                return broken(where, source(), source(), Reason.BATCH_TOO_LARGE, 0);
            }
            return new Piece(RawBatch.of(Json.MAPPER.readTree(buffer.asParser(Json.MAPPER)), source(), origin(source()),
                    System.currentTimeMillis()), bytes);
        }
    }

    private long offset() {
        return parser.currentLocation().getByteOffset() + json.leftOut();
    }

    private void copy(JsonToken token, TokenBuffer buffer) throws IOException {
        if (token == JsonToken.VALUE_NULL || token.isNumeric() && !canBeHeld()) {
            buffer.writeNull();
        } else {
            buffer.copyCurrentEvent(parser);
        }
    }

    private boolean canBeHeld() throws IOException {
        if (parser.getTextLength() > MAX_NUMBER_CHARS) {
            return false;
        }
        try {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT || new BigDecimal(parser.getText()).scale() > Integer.MIN_VALUE;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String source() {
        return file + " batch " + number;
    }
}
