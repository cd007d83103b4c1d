package io.github.mparticleintercom.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionSystemException;

/**
 * Which requests were queued before, for a broker that does not refuse a repetition itself. An id is kept once the transaction
 * that put its request onto the queue has committed, and never before: a crash between the two makes a repeated request, not a
 * lost one.
 */
public final class KnownRequests implements IdempotentRepository {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.queue");

    private final KnownIds known;
    /** Those of all transactions that are open. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    /** Those of the transaction of this thread. */
    private final ThreadLocal<Set<String>> ours = ThreadLocal.withInitial(LinkedHashSet::new);

    KnownRequests(Path data, int most) {
        this.known = new KnownIds(data.resolve("known-requests.txt"), most);
    }

    /** Reads what was kept. */
    void open() throws IOException {
        known.open();
    }

    /** Camel starts it wherever a route names it, also for a broker that needs none. */
    @Override
    public void start() {
        // opened with the broker
    }

    @Override
    public void stop() {
        // nothing is held open
    }

    /**
     * Whether the request is new; from now on it is not, if the transaction commits.
     *
     * @throws TransactionSystemException when somebody else is queueing it: nobody can say yet whether it is known
     */
    @Override
    public boolean add(String id) {
        if (known.contains(id) || ours.get().contains(id)) {
            return false;
        }
        if (!underWay.add(id)) {
            throw new TransactionSystemException("The same request is being queued at this moment; send it again");
        }
        ours.get().add(id);
        if (known.contains(id)) {
            remove(id);
            return false;
        }
        return true;
    }

    @Override
    public boolean contains(String id) {
        return known.contains(id);
    }

    /** Takes back what this transaction added. */
    @Override
    public boolean remove(String id) {
        return ours.get().remove(id) && underWay.remove(id);
    }

    /** Nothing is sure before the transaction commits. */
    @Override
    public boolean confirm(String id) {
        return true;
    }

    @Override
    public void clear() {
        try {
            known.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The transaction of this thread has committed. */
    void committed() {
        try {
            if (!ours.get().isEmpty()) {
                known.add(ours.get());
            }
        } catch (IOException e) {
            LOG.warn("What was queued is safe, but after a restart its repetition will not be noticed: {}", e.toString());
        } finally {
            ended();
        }
    }

    /** The transaction of this thread is over. What has not committed is not known. */
    void ended() {
        underWay.removeAll(ours.get());
        ours.remove();
    }
}
