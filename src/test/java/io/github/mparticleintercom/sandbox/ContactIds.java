package io.github.mparticleintercom.sandbox;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes contact ids of 24 hexadecimal digits: the time in seconds, a random part, a counter. */
final class ContactIds {

    private final int random = ThreadLocalRandom.current().nextInt();
    private int counter;

    synchronized String next(Instant now) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((int) now.getEpochSecond()) + hex.toHexDigits(random) + hex.toHexDigits(++counter);
    }
}
