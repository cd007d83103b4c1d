package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.ratelimit.StopSignal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an outage, in which every request is worth another try, from a request that fails while others go through; and a request
 * that Intercom refuses from an Intercom, or something in its place, that refuses everything. What it cannot tell by the answers
 * to requests it has {@code GET /me} asked for, with growing waits.
 */
public final class IntercomOutages {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.delivery");
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_QUESTION = TimeUnit.SECONDS.toNanos(10);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    /** So many requests in a row are dead-lettered as refused before it looks as if everything were refused. */
    private static final int MOST_REFUSED = 5;
    /** Answers that say exactly what is wrong with a request: no proxy gives these reasons. */
    private static final Set<String> PRECISE = Set.of("event-name-quota", "unknown-attribute");

    private final LongSupplier nanoTime;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private long failingSince;
    private long saidAt;
    private StopSignal stop = new StopSignal();
    private IntercomConnection connection;
    private ErasedUsers erasedUsers = new ErasedUsers();
    private int maxAttempts = 10;
    private int leaveAfter = 2;
    private long retryDelayMillis = 1000;
    private long maxRetryDelayMillis = 60_000;
    private volatile String unexpectedAnswer;
    private volatile String unexpectedCheck;

    /** How many in a row were dead-lettered as refused, after this many good answers. */
    private int refused;
    private long refusedAfter;
    private final Set<IntercomRequest.Operation> refusedOperations = EnumSet.noneOf(IntercomRequest.Operation.class);
    /** What the answers say while everything is refused; null while not. */
    private volatile String refusesAll;
    private long refusesSince;
    /** When {@code /me} was last accepted, by {@link System#nanoTime()}. */
    private volatile long acceptedAt;
    private long vouchedUntil;
    private volatile boolean paused;
    private long pausedSince;
    private volatile boolean checkFails;
    /** When Intercom last forbade a call of this word, by {@link System#nanoTime()}. */
    private final Map<String, Long> forbidden = new ConcurrentSkipListMap<>();
    private long resumedAt;
    private int asked;
    private long askAt;
    private long leftAt;

    /** By the system's clock. */
    public IntercomOutages() {
        this(System::nanoTime);
    }

    IntercomOutages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        acceptedAt = now - 2 * MINUTE;
        resumedAt = now - 2 * MINUTE;
        leftAt = now - MINUTE;
        vouchedUntil = now;
        askAt = now;
    }

    /** Which credentials there are to ask with. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Ends waits when the bundle stops. */
    public void setStop(StopSignal stop) {
        this.stop = stop;
    }

    /** Knows whose requests are not worth another try. */
    public void setErasedUsers(ErasedUsers erasedUsers) {
        this.erasedUsers = erasedUsers;
    }

    /** How often a request may fail while others go through before it is given up. */
    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** How often a request may fail while others could go through before it leaves the way to them. */
    public void setLeaveAfter(int leaveAfter) {
        this.leaveAfter = leaveAfter;
    }

    /** The first wait before a request is tried again, in milliseconds; it doubles from try to try. */
    public void setRetryDelayMillis(long retryDelayMillis) {
        this.retryDelayMillis = retryDelayMillis;
    }

    /** The longest such wait, in milliseconds. */
    public void setMaxRetryDelayMillis(long maxRetryDelayMillis) {
        this.maxRetryDelayMillis = maxRetryDelayMillis;
    }

    /**
     * Intercom failed on a request, which is tried again. Says so when another fails before one is taken, for one alone may be of a
     * request that always fails, and then every minute.
     */
    public void failed(String what) {
        long now = nanoTime.getAsLong();
        // read once: another request may be answered meanwhile
        String unexpected = unexpected();
        String met = unexpected == null ? what : "not Intercom's answer: " + unexpected;
        synchronized (failures) {
            long before = failures.getAndIncrement();
            if (before == 0) {
                failingSince = now;
                saidAt = now;
                askSoon(now);
            } else if (before == 1 && refusesAll == null) {
                LOG.warn("Intercom is unavailable ({}). Everything stays queued and is tried again", met);
            } else if (now - saidAt >= MINUTE) {
                saidAt = now;
                LOG.warn("Intercom has been unavailable for {} s ({})", TimeUnit.NANOSECONDS.toSeconds(now - failingSince), met);
            }
        }
    }

    /** Intercom took a request. */
    void answered() {
        answers.incrementAndGet();
        if (failures.get() > 0) {
            synchronized (failures) {
                long tries = failures.getAndSet(0);
                if (refusesAll != null) {
                    LOG.info("Intercom takes requests again after {} s, in which it refused everything",
                            TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - refusesSince));
                    refusesAll = null;
                } else if (tries > 1) {
                    LOG.info("Intercom answers again after {} s, in which {} tries failed",
                            TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - failingSince), tries);
                }
                if (checkFails) {
                    askSoon(nanoTime.getAsLong());
                }
            }
        }
        if (unexpectedAnswer != null) {
            unexpectedAnswer = null;
        }
    }

    /** Intercom was asked whether it accepts a credential, and did or did not. */
    public void checked(boolean accepted) {
        if (accepted) {
            unexpectedCheck = null;
            acceptedAt = nanoTime.getAsLong();
        }
        checkFails = !accepted;
    }

    /** Something answered that is not Intercom, or Intercom as nobody knows it. */
    void unexpected(boolean check, int status, String contentType) {
        String met = "status " + status + ", " + (contentType == null ? "no content type" : contentType.split(";", 2)[0]);
        if (check) {
            unexpectedCheck = met;
        } else {
            unexpectedAnswer = met;
        }
    }

    /** The last answer that was not in Intercom's form, as status and content type; null if Intercom has answered since. */
    public String unexpected() {
        String answer = unexpectedAnswer;
        return answer == null ? unexpectedCheck : answer;
    }

    /** Intercom forbids a call that only helps others. */
    void forbidden(String call) {
        forbidden.put(call, nanoTime.getAsLong());
    }

    /** Which calls that only help others Intercom forbade in the last hour and has not allowed since. */
    public Set<String> forbidden() {
        long now = nanoTime.getAsLong();
        forbidden.values().removeIf(at -> now - at > HOUR);
        return forbidden.keySet();
    }

    /** Intercom allows such a call. */
    void allowed(String call) {
        if (!forbidden.isEmpty()) {
            forbidden.remove(call);
        }
    }

    /** What every request is answered with, while everything is refused; null while not. */
    public String refusesAll() {
        return refusesAll;
    }

    /**
     * Since when nothing goes out, because Intercom fails, refuses everything, or delivery is paused; null while requests are taken,
     * or none was tried.
     */
    public Instant nothingTakenSince() {
        synchronized (failures) {
            if (!paused && failures.get() == 0 && refusesAll == null) {
                return null;
            }
            long now = nanoTime.getAsLong();
            long longest = Math.max(paused ? now - pausedSince : 0, failures.get() > 0 ? now - failingSince : 0);
            return Instant.now().minusNanos(refusesAll == null ? longest : Math.max(longest, now - refusesSince));
        }
    }

    /** How many requests Intercom has taken until now. */
    public long answers() {
        return answers.get();
    }

    /** Delivery of this request begins. */
    public void begin(QueuedRequest request) {
        request.answersBefore(answers.get());
    }

    /**
     * Intercom refuses a request for good, which is about to be dead-lettered. If that happens to one after the other, it is held:
     * until Intercom takes any request, or accepts the credential at {@code /me} while only requests of one kind are refused.
     *
     * @throws IntercomUnavailable when everything is refused: the request is no worse than any other
     */
    public void refused(@Variable("request") QueuedRequest request, @Variable("reason") String reason)
            throws IntercomUnavailable {
        IntercomAnswer answer = request.answer();
        if (answer == null || answer.status() < 400 || PRECISE.contains(reason)) {
            return;
        }
        synchronized (failures) {
            long now = nanoTime.getAsLong();
            long good = answers.get();
            if (good != refusedAfter) {
                refusedAfter = good;
                refused = 0;
                refusedOperations.clear();
            }
            refusedOperations.add(request.operation());
            if (refusesAll != null && acceptedAt - refusesSince > 0 && refusedOperations.size() == 1) {
                LOG.info("Intercom accepts the credential and refuses requests of one kind ({}), which are dead-lettered",
                        request.operation().code());
                refusesAll = null;
                vouchedUntil = now + MINUTE;
            }
            if (refusesAll == null && (refused < MOST_REFUSED || now - vouchedUntil < 0 && refusedOperations.size() == 1)) {
                refused++;
                return;
            }
            if (refusesAll == null) {
                refusesSince = now;
                askSoon(now);
                refusesAll = "status " + answer.status() + (answer.code().isEmpty() ? "" : " " + answer.code());
                LOG.warn("Intercom refuses everything ({}). Requests are held and tried again rather than dead-lettered",
                        refusesAll);
            }
        }
        throw new IntercomUnavailable("Intercom refuses everything");
    }

    /** Delivery is paused until the credential is accepted. */
    public void pause() {
        synchronized (failures) {
            if (!paused) {
                long now = nanoTime.getAsLong();
                paused = true;
                pausedSince = now;
                // a credential that is accepted by /me and refused to requests is asked for less and less often
                asked = now - resumedAt > MINUTE ? 0 : asked;
                askAt = now + waitNanos(asked);
            }
        }
    }

    /** Delivery is not paused any more. */
    public void resume() {
        synchronized (failures) {
            paused = false;
            resumedAt = nanoTime.getAsLong();
        }
    }

    private void askSoon(long now) {
        asked = 0;
        askAt = now + TimeUnit.MILLISECONDS.toNanos(retryDelayMillis);
    }

    private long waitNanos(int times) {
        return TimeUnit.MILLISECONDS.toNanos(Math.min(maxRetryDelayMillis, retryDelayMillis << Math.min(times, 20)));
    }

    /**
     * Whether it is time to ask {@code /me}.
     *
     * @return the platforms whose credentials to ask with, "" for the general one; nothing while delivery runs and the last question
     *         had a good answer, or the next one is not due
     */
    public List<String> questions() {
        if (!paused && failures.get() == 0 && refusesAll == null && !checkFails) {
            return List.of();
        }
        synchronized (failures) {
            long now = nanoTime.getAsLong();
            if (now - askAt < 0) {
                return List.of();
            }
            // while only the question fails, health is not to be late by more than this
            askAt = now + (paused ? waitNanos(++asked) : Math.min(waitNanos(++asked), LONGEST_QUESTION));
        }
        if (paused) {
            connection.refresh();
        }
        return connection.credentials();
    }

    /**
     * Waits, if this request failed before, twice as long as the last time, give or take a fifth.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the bundle stops meanwhile, or has begun to: the request stays on the
     * queue
     * @throws IntercomUnavailable when its user asked to be forgotten since it was taken, so that it is not tried again
     */
    public void await(@Variable("request") QueuedRequest request) throws InterruptedException, IntercomUnavailable {
        int failed = request.failures();
        double millis = 0;
        if (failed > 0) {
            millis = Math.min(maxRetryDelayMillis, retryDelayMillis << Math.min(failed - 1, 20));
            millis *= 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
        }
        stop.sleep((long) millis);
        if (erasedUsers.covers(request)) {
            throw new IntercomUnavailable("Its user is to be forgotten");
        }
    }

    /** Whether to try a request again where it is. If not, {@link #giveUp} says what else. */
    public boolean goOn(@Variable("request") QueuedRequest request) {
        if (stop.isStopping()) {
            // it may have been broken off by us, which says nothing; the next attempt leaves it on the queue
            return true;
        }
        if (erasedUsers.covers(request)) {
            return false;
        }
        request.failed();
        long good = answers.get();
        if (good != request.answersBefore()) {
            request.failedAlone();
            request.answersBefore(good);
        }
        if (request.failuresAlone() >= maxAttempts) {
            return false;
        }
        if (!request.isRetry() && request.failures() >= leaveAfter && (request.failuresAlone() >= leaveAfter || mayLeave())) {
            request.leave();
            return false;
        }
        return true;
    }

    /**
     * Nothing goes through, but Intercom accepts the credential: maybe it is only that all consumers are at requests that fail. Now
     * and then one of them makes room, to see whether another goes through.
     */
    private boolean mayLeave() {
        synchronized (failures) {
            long now = nanoTime.getAsLong();
            if (failures.get() == 0 || acceptedAt - failingSince < 0
                    || now - leftAt < TimeUnit.MILLISECONDS.toNanos(retryDelayMillis)) {
                return false;
            }
            leftAt = now;
            return true;
        }
    }

    /** What becomes of a request that is not tried again: sets {@code outcome} to {@code deferred} or {@code erased}, or {@code reason}. */
    public void giveUp(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) {
        if (erasedUsers.covers(request)) {
            variables.put("outcome", "erased");
        } else if (request.leaves()) {
            variables.put("outcome", "deferred");
        } else {
            variables.put("reason", "intercom-unavailable");
        }
    }
}
