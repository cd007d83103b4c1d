package io.github.mparticleintercom.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Sends bodies over some connections at once, each with the next as soon as it has an answer. */
final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final int connections;

    Client(int connections) {
        this.connections = connections;
    }

    /** Posts so many bodies; each must be answered with 202. */
    void post(URI address, int count, IntFunction<String> bodies) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        together(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                accepted(address, bodies.apply(i));
            }
        });
    }

    /** Posts this body for so long and returns how often it did in a second. */
    double callsPerSecond(URI address, String body, Duration duration) throws InterruptedException {
        AtomicLong calls = new AtomicLong();
        long start = System.nanoTime();
        together(() -> {
            while (System.nanoTime() - start < duration.toNanos()) {
                accepted(address, body);
                calls.incrementAndGet();
            }
        });
        return calls.get() * 1e9 / (System.nanoTime() - start);
    }

    private void together(Runnable work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                results.add(threads.submit(work));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The client of the JDK now and then loses a connection to itself; what is sent again is refused as a duplicate. */
    private static void accepted(URI address, String body) {
        HttpResponse<String> answer;
        try {
            answer = post(address, body);
        } catch (IOException connectionLost) {
            try {
                answer = post(address, body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** One post, with headers as a call to Intercom has them. */
    static HttpResponse<String> post(URI address, String body) throws IOException {
        return send(HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + SandboxMain.TOKEN).header("Intercom-Version", "2.16")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
