package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.outcome.Intake;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the file intake does beside reading: progress, also over a restart, and names under which nothing is overwritten. */
public final class MparticleFiles {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.files");
    private static final String FILE = "mparticleIntercomFile";
    private static final String REASON = ".reason.txt";

    private final Inbox inbox = new Inbox();
    private int maxBatchBytes;
    private FilePosition position;

    /** The largest single batch, in bytes. */
    public void setMaxBatchBytes(int maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    /** The folder in which it is kept how far a file is. */
    public void setData(String data) {
        position = new FilePosition(Path.of(data));
    }

    /** Whether a file in the inbox, or in a folder in it, is to be read. */
    public boolean takes(@Header("CamelFileAbsolutePath") String path, @Header("CamelFileName") String name) {
        return inbox.takes(new File(path), name);
    }

    /**
     * Opens a file, behind what of it was stored before a restart; whoever goes through it to the end closes it.
     *
     * @throws UnreadableFile when there is no batch in it, or we may not open it
     * @throws IOException    when it cannot be read now, or would leave the inbox afterwards
     */
    public MparticleFile open(@Body File file, @Header("CamelFileName") String name) throws IOException, UnreadableFile {
        Inbox.check(Inbox.folder(file, name));
        try {
            MparticleFile opened = MparticleFile.open(file, maxBatchBytes);
            long stored = position.of(file);
            if (stored > 0) {
                LOG.info("{}: going on behind {} batches that are stored already", printable(name), stored);
            }
            return opened.behind(stored);
        } catch (AccessDeniedException e) {
            throw new UnreadableFile(Reason.NOT_A_BATCH, "the file cannot be opened");
        }
    }

    /** Counts what a piece brought, keeps how far the file is, and reports it now and then. */
    public void progress(@Header("CamelFileAbsolutePath") String path, @Header("CamelFileName") String name,
            @Variable(FILE) MparticleFile file, @Variable("mparticleIntercomIntake") Intake intake) throws IOException {
        position.put(new File(path), file.taken());
        file.progress().add(intake.batchCount(), intake.eventCount());
        if (file.progress().isDue()) {
            LOG.info("{}: {} % done, {}", printable(name), file.percent(), file.progress().line());
        }
    }

    /**
     * Reports what was in a file.
     *
     * @throws UnreadableFile when that is not all of it
     */
    public void done(@Header("CamelFileName") String name, @Variable(FILE) MparticleFile file) throws IOException, UnreadableFile {
        position.clear();
        file.checkWhole();
        LOG.info("{}: done, {}", printable(name), file.progress().line());
    }

    /** The name of a file as it may stand in a line: whoever may put files there shall make no lines of his own. */
    public static String printable(@Header("CamelFileName") String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** A name under which neither a failed file nor its reason replaces another. */
    public String failedName(@Header("CamelFileAbsolutePath") String path, @Header("CamelFileName") String name) {
        return freeName(Inbox.folder(new File(path), name).toPath().resolve(".failed"), name);
    }

    /**
     * Where a file goes that is through, within the inbox.
     *
     * @param failedName its name in {@code .failed}; null for a file that goes to {@code .done}
     */
    public String place(@Header("CamelFileAbsolutePath") String path, @Header("CamelFileName") String name,
            @Variable("mparticleIntercomFailedName") String failedName) {
        return failedName == null ? ".done/" + freeName(Inbox.folder(new File(path), name).toPath().resolve(".done"), name)
                : ".failed/" + failedName;
    }

    private static String freeName(Path folder, String name) {
        String free = name;
        for (int copy = 2; Files.exists(folder.resolve(free)) || Files.exists(folder.resolve(free + REASON)); copy++) {
            free = name + "." + copy;
        }
        return free;
    }
}
