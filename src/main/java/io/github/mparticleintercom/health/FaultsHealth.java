package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.outcome.Journal;

/** Whether steps of our routes failed of late, which an edit may be the reason of. What they failed on is kept as dead letters. */
public final class FaultsHealth extends Checks {

    private Journal journal;

    /** No faults yet. */
    public FaultsHealth() {
        add("faults", Probe.NONE, () -> Problem.of(Reason.INTERNAL_ERROR, journal.faults()));
    }

    /** Knows of faults. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }
}
