package io.github.mparticleintercom.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * JSON whose single texts, names and numbers end at so many bytes, because Jackson holds each of them as a whole in memory before
 * anybody can look how long it is. What is left out is counted.
 */
final class ShortValues extends FilterInputStream {

    private static final int ESCAPE_OF_UNICODE = 5;

    private final int maxBytes;
    private boolean inText;
    /** How many bytes of an escape are still to come. */
    private int escaped;
    private long length;
    private boolean leavesOut;
    private long leftOut;

    ShortValues(InputStream json, int maxBytes) {
        super(json);
        this.maxBytes = maxBytes;
    }

    /** How many bytes are left out so far. */
    long leftOut() {
        return leftOut;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        while (true) {
            int read = super.read(bytes, from, most);
            if (read <= 0) {
                return read;
            }
            int to = from;
            for (int at = from; at < from + read; at++) {
                if (keeps(bytes[at])) {
                    bytes[to++] = bytes[at];
                }
            }
            leftOut += from + read - to;
            if (to > from) {
                return to - from;
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private boolean keeps(byte next) {
        // never in the middle of a character or an escape, which would be no JSON any more
        leavesOut |= length >= maxBytes && escaped == 0 && (next & 0xC0) != 0x80;
        length++;
        if (escaped > 0) {
            escaped = escaped == 1 && next == 'u' ? ESCAPE_OF_UNICODE - 1 : escaped - 1;
        } else if (inText && next == '\\') {
            escaped = 1;
        } else if (next == '"' || !inText && !isOfNumber(next)) {
            inText ^= next == '"';
            length = 0;
            leavesOut = false;
        }
        return !leavesOut;
    }

    private static boolean isOfNumber(byte next) {
        return next >= '0' && next <= '9' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '.' || next == '-'
                || next == '+';
    }
}
