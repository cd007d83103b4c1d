package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.translate.IntercomSeconds.TakenSeconds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one message, post or piece of a file brought in, and its outcomes. It is collected first and then stored whole or
 * not at all. One thread fills it. It is the variable {@code mparticleIntercomIntake}.
 */
public final class Intake implements TakenSeconds {

    private final List<RawBatch> batches;
    private final String source;
    private final int replays;
    private final boolean partOfFile;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<IntercomRequest> requests = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    /** The outcome that a dead letter belongs to, by its id. */
    private final Map<String, Outcome> deadLettered = new HashMap<>();
    private final Set<String> stableIds = new HashSet<>();
    private final Map<String, String> places = new HashMap<>();
    private int events;
    private int forwardedBatches;
    private Mark mark = new Mark(0, 0, 0, 0, 0);

    /** Where the collecting of a batch began. */
    private record Mark(int outcomes, int requests, int deadLetters, int events, int forwardedBatches) {
    }

    Intake(List<RawBatch> batches, String source, int replays, boolean partOfFile) {
        this.batches = batches;
        this.source = source;
        this.replays = replays;
        this.partOfFile = partOfFile;
    }

    /** The batches in the order they came. */
    public List<RawBatch> batches() {
        return batches;
    }

    /** The requests for Intercom to store, in order. */
    List<IntercomRequest> requests() {
        return requests;
    }

    /** What to keep as dead letters, in order. */
    List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** Whether something of it is, or will be, on the dead letter queue. */
    public boolean isAnyDeadLettered() {
        return !deadLetters.isEmpty();
    }

    /** How many batches came. */
    public int batchCount() {
        return batches.size();
    }

    /** How many events came. */
    public int eventCount() {
        return events;
    }

    /** Its outcome. */
    public Receipt receipt() {
        return new Receipt(this);
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    Map<String, String> places() {
        return places;
    }

    boolean partOfFile() {
        return partOfFile;
    }

    int replays() {
        return replays;
    }

    /** Batches of which neither the whole was skipped nor dead-lettered. */
    int forwardedBatches() {
        return forwardedBatches;
    }

    /** Where a batch came from: a place in a file, else what its consumer says; null if nobody does. */
    String source(MparticleBatch batch) {
        return batch.raw().source() == null ? source : batch.raw().source();
    }

    String source() {
        return source;
    }

    /** Another batch begins. */
    void begin(MparticleBatch batch) {
        mark = new Mark(outcomes.size(), requests.size(), deadLetters.size(), events, forwardedBatches + 1);
        events += batch.events().size();
        forwardedBatches++;
    }

    /** Takes back all that was collected of the batch under way, but not that it came. */
    void takeBack() {
        shorten(outcomes, mark.outcomes());
        List<IntercomRequest> taken = requests.subList(mark.requests(), requests.size());
        taken.forEach(request -> stableIds.remove(request.stableId()));
        taken.clear();
        shorten(deadLetters, mark.deadLetters());
        forwardedBatches = mark.forwardedBatches();
    }

    private static void shorten(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
        if (outcome.subject() == Outcome.Subject.BATCH) {
            forwardedBatches--;
        }
        if (outcome.end() == Outcome.End.QUEUED) {
            if (stableIds.add(outcome.request().stableId())) {
                requests.add(outcome.request());
            } else {
                outcome.duplicate();
            }
        }
    }

    /** What ends so is kept. */
    void add(Outcome outcome, DeadLetter deadLetter) {
        add(outcome);
        deadLetters.add(deadLetter);
        deadLettered.put(deadLetter.id(), outcome);
    }

    /** The broker had this dead letter before. */
    void duplicateDeadLetter(String id) {
        deadLettered.get(id).duplicate();
        deadLetters.removeIf(deadLetter -> deadLetter.id().equals(id));
    }

    /** The broker had this request before. */
    void duplicate(String stableId) {
        for (Outcome outcome : outcomes) {
            if (outcome.end() == Outcome.End.QUEUED && outcome.request().stableId().equals(stableId)) {
                outcome.duplicate();
                return;
            }
        }
    }

    @Override
    public boolean take(String place, String stableId) {
        return places.computeIfAbsent(place, free -> stableId).equals(stableId);
    }

    /** Counts only. */
    @Override
    public String toString() {
        return "Intake[" + batches.size() + " batches, " + requests.size() + " requests, " + deadLetters.size() + " dead letters]";
    }
}
