package io.github.mparticleintercom.page;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The numbers since the start that the page shows, whoever counts them. */
public interface Figures {

    /**
     * The numbers now: {@code received}, {@code queued}, {@code skipped}, {@code parked} and {@code changed} in the shape of a
     * receipt, {@code delivered} by outcome and operation, {@code refused} (parked at delivery) by reason code.
     */
    ObjectNode read();
}
