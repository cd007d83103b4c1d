package io.github.mparticleintercom.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/**
 * Keeps an embedded Artemis running. One that cannot write its journal, because the disk is full for a moment, stops itself and
 * stays so; this makes another one on the same journal as soon as there is room, however long that takes. What was committed is in
 * the journal; what was under way is rolled back. One whose disk is nearly full runs on and takes nothing.
 */
public final class ArtemisKeeper implements AutoCloseable {

    /** A journal makes its files of 10 MB ahead, two at a time, and the bindings one more of 1 MB (Artemis' defaults). */
    private static final long ROOM_TO_START = 32L * 1024 * 1024;
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    /** Longer than a broker needs to read its journal. */
    private static final long GIVEN_UP_NANOS = 120_000_000_000L;

    private final Callable<EmbeddedActiveMQ> maker;
    private final Path data;
    private final LongSupplier nanoTime;
    private final OutageReport outage;
    private volatile EmbeddedActiveMQ server;
    private volatile boolean closed;
    /** Since when it is missed although there is room; 0 while it is not. */
    private volatile long missedSince;

    /**
     * Nothing runs yet.
     *
     * @param maker makes a broker that is not started, each time a new one on the same folder
     * @param data  the folder, to see whether there is room
     */
    public ArtemisKeeper(Callable<EmbeddedActiveMQ> maker, Path data) {
        this(maker, data, System::nanoTime);
    }

    ArtemisKeeper(Callable<EmbeddedActiveMQ> maker, Path data, LongSupplier nanoTime) {
        this.maker = maker;
        this.data = data;
        this.nanoTime = nanoTime;
        outage = new OutageReport(nanoTime);
    }

    /**
     * Starts the first broker.
     *
     * @throws IllegalStateException when it cannot run on its folder
     */
    public void start() throws Exception {
        server = started();
    }

    /** The broker of the moment; it may be one that has just stopped itself. */
    public ActiveMQServer server() {
        return server.getActiveMQServer();
    }

    /** Why the broker takes nothing, for a person; "" while it does. */
    public synchronized String outage() {
        if (missedSince == 0 && !closed) {
            // beyond a limit Artemis takes nothing
            if (server().getPagingManager().isDiskFull()) {
                outage.lasts(diskFull());
            } else {
                outage.over();
            }
        }
        return outage.cause();
    }

    /** Whether the broker runs. */
    public boolean isRunning() {
        EmbeddedActiveMQ now = server;
        return now != null && now.getActiveMQServer().isActive() && missedSince == 0;
    }

    /** Whether no broker could be made for so long, with room on the disk, that only a new process is left to try. */
    public boolean isGivenUp() {
        long since = missedSince;
        return since != 0 && nanoTime.getAsLong() - since > GIVEN_UP_NANOS && hasRoom();
    }

    private EmbeddedActiveMQ started() throws Exception {
        EmbeddedActiveMQ next = maker.call();
        boolean active = false;
        try {
            next.createActiveMQServer();
            ActiveMQServer made = next.getActiveMQServer();
            made.registerIOCriticalErrorListener((cause, message, file) -> lost(made, cause));
            made.start();
            active = made.isActive();
            if (made instanceof ActiveMQServerImpl one && active) {
                // it would take something for the seconds until its first look at the disk
                one.getMonitor().tick();
            }
        } finally {
            if (!active) {
                next.stop();
            }
        }
        if (!active) {
            throw new IllegalStateException("The embedded broker did not start on mparticle-intercom.broker.data " + data);
        }
        return next;
    }

    /** Artemis calls this from whatever thread could not write, maybe several times. */
    private synchronized void lost(ActiveMQServer which, Throwable cause) {
        if (closed || missedSince != 0 || server == null || which != server.getActiveMQServer()) {
            return;
        }
        missedSince = nanoTime.getAsLong();
        outage.lasts(hasRoom() ? "the broker stopped, as it cannot write to " + folder() + ": " + cause.getMessage() : diskFull());
        Thread thread = new Thread(this::revive, "mparticle-intercom-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private String diskFull() {
        return "the disk of " + folder() + ", where the broker keeps its queues, is full";
    }

    private Path folder() {
        return data.toAbsolutePath().normalize();
    }

    private void revive() {
        long wait = FIRST_WAIT_MILLIS;
        while (!closed) {
            try {
                Thread.sleep(wait);
                wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
                if (!hasRoom()) {
                    // time without room does not count
                    missedSince = nanoTime.getAsLong();
                    wait = FIRST_WAIT_MILLIS;
                    outage.lasts(diskFull());
                } else if (hasStopped() && restarted()) {
                    outage();
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception | LinkageError e) {
                outage.lasts("the broker cannot start on " + folder() + ": " + e.getMessage());
            }
        }
    }

    /** Artemis stops itself in a thread of its own. */
    private boolean hasStopped() throws Exception {
        ActiveMQServer old = server.getActiveMQServer();
        if (old.getState() == ActiveMQServer.SERVER_STATE.STARTED) {
            old.stop();
        }
        return old.getState() == ActiveMQServer.SERVER_STATE.STOPPED;
    }

    private boolean restarted() throws Exception {
        EmbeddedActiveMQ next = started();
        synchronized (this) {
            if (closed) {
                next.stop();
                return false;
            }
            server = next;
            missedSince = 0;
        }
        return true;
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(data).getUsableSpace() > ROOM_TO_START;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        EmbeddedActiveMQ last;
        synchronized (this) {
            closed = true;
            last = server;
        }
        if (last != null) {
            last.stop();
        }
    }
}
