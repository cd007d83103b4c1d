package io.github.mparticleintercom.files;

import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.queue.Receipt;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the files door does beside reading: progress, and names under which nothing is overwritten. */
public final class MparticleFiles {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.files");
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final int maxBatchBytes;
    private final Map<MparticleFile, Progress> underWay = new ConcurrentHashMap<>();

    /** How far a file is. */
    private static final class Progress {
        private final long startedAt = System.nanoTime();
        private long reportedAt = startedAt;
        private long batches;
        private long events;
    }

    /**
     * Sets up the door.
     *
     * @param maxBatchBytes the largest single batch
     */
    public MparticleFiles(int maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    /** Opens a file; whoever goes through it to the end closes it. */
    public MparticleFile open(@Body File file) throws IOException {
        MparticleFile opened = new MparticleFile(file, maxBatchBytes);
        underWay.put(opened, new Progress());
        return opened;
    }

    /** Counts what a piece brought, and now and then tells how far the file is. */
    public void progress(@Header("CamelFileName") String name, @Variable("mparticleIntercomFile") MparticleFile file,
            @Variable("mparticleIntercomReceipt") Receipt receipt) {
        Progress progress = underWay.get(file);
        progress.batches += receipt.getBatches();
        progress.events += receipt.getEvents();
        if (System.nanoTime() - progress.reportedAt >= REPORT_NANOS) {
            progress.reportedAt = System.nanoTime();
            report("{}: {} % done, {} batches, {} events, {} batches a second", name, file.percent(), progress);
        }
    }

    /**
     * Ends a file.
     *
     * @throws UnreadableFile when there was no batch in it
     */
    public void finish(@Header("CamelFileName") String name, @Variable("mparticleIntercomFile") MparticleFile file)
            throws UnreadableFile {
        Progress progress = underWay.remove(file);
        if (!file.isReadable()) {
            RawBatch broken = file.firstBroken();
            throw new UnreadableFile(broken == null ? "invalid-json: The file is empty"
                    : broken.reason().code() + ": " + broken.reason().sentence() + " (" + broken.source() + ")");
        }
        report("{}: done, {} %, {} batches, {} events, {} batches a second", name, 100, progress);
    }

    /** A name for the done file that no other in {@code .done} has. */
    public String doneName(@Header("CamelFileParent") String folder, @Header("CamelFileNameOnly") String name) {
        return freeName(Path.of(folder, ".done"), name);
    }

    /** A name for the failed file that no other in {@code .failed} has. */
    public String failedName(@Header("CamelFileParent") String folder, @Header("CamelFileNameOnly") String name) {
        return freeName(Path.of(folder, ".failed"), name);
    }

    private static String freeName(Path folder, String name) {
        String free = name;
        for (int copy = 2; Files.exists(folder.resolve(free)); copy++) {
            free = name + "." + copy;
        }
        return free;
    }

    private static void report(String text, String name, long percent, Progress progress) {
        double seconds = (System.nanoTime() - progress.startedAt) / 1e9;
        LOG.info(text, name, percent, progress.batches, progress.events,
                Math.round(progress.batches / Math.max(seconds, 0.001)));
    }
}
