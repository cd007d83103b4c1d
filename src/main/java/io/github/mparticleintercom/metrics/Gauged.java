package io.github.mparticleintercom.metrics;

/** A bean that knows numbers which rise and fall. It is found by this type when the context has started. */
public interface Gauged {

    /** Registers its gauges. */
    void gauges(Metrics metrics);
}
