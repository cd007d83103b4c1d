package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.outcome.Journal;

/** Whether steps of our routes failed of late, which an edit may be the reason of. What they failed on is kept as dead letters. */
public final class FaultsHealth extends Check {

    private Journal journal;

    /** No faults yet. */
    public FaultsHealth() {
        super("mparticle-intercom-faults");
    }

    /** Knows of faults. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    Finding find() {
        String faults = journal.faults();
        return faults.isEmpty() ? Finding.UP : Finding.down(Reason.INTERNAL_ERROR, faults);
    }
}
