package io.github.mparticleintercom.faults;

import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Senders that behave as mParticle does: what is answered with anything but 202 is sent again, and the next event of a user goes out
 * only after the one before it was accepted. An event is known by its name, such as {@code u3-17}, everywhere.
 */
final class Load implements AutoCloseable {

    /** Long enough ago for all that may follow, and not so long that anybody wonders. */
    private static final long TIME = (System.currentTimeMillis() / 1000 - 50_000) * 1000;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Supplier<List<String>> addresses;
    private final Duration pause;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Load(Supplier<List<String>> addresses, Duration pause) {
        this.addresses = addresses;
        this.pause = pause;
    }

    /**
     * Begins to send.
     *
     * @param addresses where the intakes are at the moment; they are taken in turn, as a balancer does
     * @param senders   how many send at once
     * @param users     how many users each of them sends for
     * @param pause     between two events of a sender
     */
    static Load start(Supplier<List<String>> addresses, int senders, int users, Duration pause) {
        Load load = new Load(addresses, pause);
        for (int sender = 0; sender < senders; sender++) {
            int first = sender * users;
            Thread thread = new Thread(() -> load.send(first, users), "sender " + sender);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void send(int first, int users) {
        HttpClient client = HttpClient.newHttpClient();
        for (int number = 0; !over; number++) {
            String name = "u" + (first + number % users) + "-" + number / users;
            HttpRequest.BodyPublisher batch = HttpRequest.BodyPublishers.ofString(batch(name));
            for (int attempt = number; !over && !isAccepted(client, batch, attempt); attempt++) {
                LockSupport.parkNanos(AGAIN.toNanos());
            }
            if (!over) {
                accepted.add(name);
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private boolean isAccepted(HttpClient client, HttpRequest.BodyPublisher batch, int attempt) {
        List<String> now = addresses.get();
        if (now.isEmpty()) {
            return false;
        }
        HttpRequest post = HttpRequest.newBuilder(URI.create(now.get(attempt % now.size()) + "/v2/events"))
                .header("Content-Type", "application/json").timeout(ANSWER).POST(batch).build();
        try {
            HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
            note(answer);
            return answer.statusCode() == 202;
        } catch (IOException e) {
            // nobody listens, or it ended before it answered: the sender keeps the batch
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
            return false;
        }
    }

    /** Whatever happens, a caller is asked to come again, by mParticle's rules: with Retry-After and a reason. */
    private void note(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 202 && (answer.statusCode() != 503 && answer.statusCode() != 429
                || answer.headers().firstValue("Retry-After").isEmpty()
                || Json.MAPPER.readTree(answer.body()).at("/errors/0/reason").asText().isEmpty())) {
            refusals.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
        }
    }

    /** A batch with one event of this name, of the user that it begins with, the later the later its number is. */
    static String batch(String name) {
        int dash = name.indexOf('-');
        return """
                {"batch_id": "%1$s", "user_identities": {"customer_id": "%2$s"}, "events": [{"event_type": "custom_event", "data": \
                {"event_id": "%1$s", "event_name": "Fault", "timestamp_unixtime_ms": %3$d, "custom_attributes": {"name": "%1$s"}}}]}"""
                .formatted(name, name.substring(0, dash), TIME + Integer.parseInt(name.substring(dash + 1)) * 1000L);
    }

    /** The names of what was accepted until now. */
    Set<String> accepted() {
        return accepted;
    }

    /** Answers that a sender would have taken for a refusal, or could not have made sense of. */
    Queue<String> refusals() {
        return refusals;
    }

    /** Sends no more; what has no answer by now is neither accepted nor not. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
