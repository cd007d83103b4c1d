package com.example.house;

import java.util.concurrent.atomic.AtomicInteger;

/** What the house's nameless route configuration was asked to do. */
public final class Ledger {

    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** A step is about to run. */
    public void step() {
        steps.incrementAndGet();
    }

    /** A route came to its end. */
    public void completion() {
        completions.incrementAndGet();
    }

    /** A route failed. */
    public void failure() {
        failures.incrementAndGet();
    }

    int steps() {
        return steps.get();
    }

    int completions() {
        return completions.get();
    }

    int failures() {
        return failures.get();
    }
}
