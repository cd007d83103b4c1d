package io.github.mparticleintercom.bundle;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;

/**
 * A host in a process of its own, on a class path of our choice, with the routes as they lie in the jar. It takes a batch a line
 * and answers with the receipt.
 */
final class PlainHost implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private PlainHost(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it.
     *
     * @param without  which files of the class path it has to do without
     * @param factory  the class of a connection factory that takes an address; "" for none
     * @param url      that address
     * @param settings the bundle's
     */
    static PlainHost start(Predicate<String> without, String factory, String url, Map<String, String> settings)
            throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !without.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath));
        settings.forEach((key, value) -> command.add("-Dmparticle-intercom." + key + "=" + value));
        command.addAll(List.of(PlainHost.class.getName(), factory, url));
        PlainHost host = new PlainHost(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        host.answer(READY);
        return host;
    }

    /** The receipt. */
    String send(String batch) {
        in.println(batch.replace("\n", " "));
        return answer("{");
    }

    private String answer(String start) {
        try {
            String line = out.readLine();
            while (line != null && !line.startsWith(start)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new AssertionError("The host ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        in.close();
        process.waitFor();
    }

    /** The host: a connection factory's class and address. */
    public static void main(String... arguments) throws Exception {
        Main main = new Main();
        main.configure().setRoutesIncludePattern("classpath:mparticle-intercom/*.camel.yaml");
        if (!arguments[0].isEmpty()) {
            main.addInitialProperty("mparticle-intercom.broker.connection-factory", "hostsFactory");
            main.bind("hostsFactory", Class.forName(arguments[0]).getConstructor(String.class).newInstance(arguments[1]));
        }
        main.start();
        System.out.println(READY);
        try (BufferedReader batches = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String batch = batches.readLine(); batch != null; batch = batches.readLine()) {
                System.out.println(main.getCamelContext().createProducerTemplate()
                        .requestBody("direct:mparticle-intercom", batch, String.class));
            }
        }
        main.stop();
    }
}
