package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mparticle-intercom dead}: lists, shows, exports, replays and discards dead letters of the running program. */
@Command(name = "dead", description = "Look at what could not be forwarded, send it again or throw it away.",
        synopsisSubcommandLabel = "[COMMAND]")
final class DeadCommand implements Callable<Integer> {

    private static final String PATH = "/dead-letters";
    private static final int PAGE = 1000;
    private static final List<String> COLUMNS = List.of("id", "dead_lettered_at", "reason", "kind", "status", "batch_id", "event_id",
            "source");
    private static final Set<String> BODIES = Set.of("body", "body_text", "body_base64");

    @Mixin
    private ManagementClient client;
    @Mixin
    private Newest newest;

    /** Which dead letters to list. */
    static final class Newest {
        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;
        @Option(names = "--reason", paramLabel = "CODE", description = "Only those with this reason code.")
        private String reason;
        @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
                description = "The newest N, newest last; ${DEFAULT-VALUE} by default.")
        private int limit;
    }

    /** One, or all with a reason. */
    static final class Which {
        @Parameters(paramLabel = "ID", description = "The id of one.")
        private String id;
        @Option(names = "--reason", required = true, paramLabel = "CODE", description = "All with this reason code; all for every one.")
        private String reason;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return list(client, newest);
    }

    @Command(name = "list", description = "List the newest, newest last.")
    private int list(@Mixin ManagementClient client, @Mixin Newest newest) throws IOException, InterruptedException {
        if (newest.limit < 1) {
            throw new ParameterException(newest.command.commandLine(), "--limit must be 1 or more");
        }
        JsonNode list = client.get(page(newest.limit, newest.reason));
        checkSome(!list.path("dead_letters").isEmpty(), "No dead letters");
        table(list, client.out());
        return 0;
    }

    @Command(name = "show", description = "Show everything about one.")
    private int show(@Mixin ManagementClient client, @Parameters(paramLabel = "ID", description = "Its id.") String id)
            throws IOException, InterruptedException {
        JsonNode deadLetter = client.get(path(id));
        deadLetter.properties().stream().filter(entry -> !BODIES.contains(entry.getKey())).forEach(entry ->
                client.out().printf("%-21s %s%n", entry.getKey().replace('_', ' '), printable(entry.getValue().asText())));
        client.out().println();
        deadLetter.properties().stream().filter(entry -> BODIES.contains(entry.getKey())).forEach(entry ->
                client.out().println(entry.getValue().isTextual() && !entry.getKey().equals("body")
                        ? entry.getValue().asText() : entry.getValue().toPrettyString()));
        return 0;
    }

    @Command(name = "export", description = "Write all of them with their bodies, a line of JSON each, oldest first.")
    private int export(@Mixin ManagementClient client,
            @Parameters(paramLabel = "FILE", description = "Where to, for your eyes only; - for the screen.") String file,
            @Option(names = "--reason", paramLabel = "CODE", description = "Only those with this reason code.") String reason)
            throws IOException, InterruptedException {
        List<String> ids = ids(client, reason);
        checkSome(!ids.isEmpty(), "No dead letters");
        if (file.equals("-")) {
            export(client, ids, client.out());
            return 0;
        }
        Path path = ManagementClient.file(file);
        try (PrintWriter lines = new PrintWriter(writeForOwnerOnly(path), false, StandardCharsets.UTF_8)) {
            export(client, ids, lines);
            if (lines.checkError()) {
                throw new IOException("Cannot write " + path);
            }
        }
        client.out().println("Exported " + ids.size() + " to " + path);
        return 0;
    }

    @Command(name = "replay", description = "Send one again, or all with a reason.")
    private int replay(@Mixin ManagementClient client, @ArgGroup(multiplicity = "1") Which which,
            @Option(names = "--body", paramLabel = "FILE", description = "With ID: what to send in place of its own body.") String body)
            throws IOException, InterruptedException {
        if (body != null && which.id == null) {
            throw new ParameterException(client.command().commandLine(), "--body goes with ID");
        }
        String path = which.id == null ? PATH + "/replay?reason=" + ManagementClient.encode(which.reason) : path(which.id) + "/replay";
        return report(client.post(path, body == null ? null : ManagementClient.read(body)), "replayed", client.out());
    }

    @Command(name = "discard", description = "Throw one away, or all with a reason.")
    private int discard(@Mixin ManagementClient client, @ArgGroup(multiplicity = "1") Which which)
            throws IOException, InterruptedException {
        String path = which.id == null ? PATH + "?reason=" + ManagementClient.encode(which.reason) : path(which.id);
        return report(client.delete(path), "discarded", client.out());
    }

    private static String path(String id) {
        return PATH + "/" + ManagementClient.encode(id);
    }

    private static String page(int limit, String reason) {
        return PATH + "?limit=" + limit + (reason == null ? "" : "&reason=" + ManagementClient.encode(reason));
    }

    private static List<String> ids(ManagementClient client, String reason) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String page = page(PAGE, reason);
        JsonNode found = client.get(page).path("dead_letters");
        while (!found.isEmpty()) {
            List<String> older = found.findValuesAsText("id");
            ids.addAll(0, older);
            found = client.get(page + "&before=" + ManagementClient.encode(older.get(0))).path("dead_letters");
        }
        return ids;
    }

    private static void export(ManagementClient client, List<String> ids, PrintWriter lines) throws IOException, InterruptedException {
        for (String id : ids) {
            lines.println(Json.write(client.get(path(id))));
        }
        lines.flush();
    }

    /** Bodies are somebody's data. */
    private static OutputStream writeForOwnerOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
            if (Files.notExists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
            } else if (Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, owner);
            }
        }
        return Files.newOutputStream(file);
    }

    /** A table, and how many there are. */
    static void table(JsonNode list, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(name -> name.replace('_', ' ')).toList());
        list.path("dead_letters").forEach(one -> rows.add(COLUMNS.stream().map(name -> printable(one.path(name).asText())).toList()));
        String format = IntStream.range(0, COLUMNS.size())
                .mapToObj(column -> "%-" + rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow() + "s")
                .collect(Collectors.joining("  "));
        rows.forEach(row -> out.println(format.formatted(row.toArray()).stripTrailing()));
        out.println(list.path("dead_letters").size() + " of " + list.path("total").asInt());
    }

    private static int report(JsonNode answer, String word, PrintWriter out) {
        int done = answer.path(word).asInt();
        checkSome(done > 0, "No such dead letters");
        int again = answer.path("dead_lettered_again").asInt();
        out.println(Character.toUpperCase(word.charAt(0)) + word.substring(1) + " " + done
                + (again == 0 ? "" : ", of which " + again + " could not be forwarded again and got a new id"));
        return 0;
    }

    private static void checkSome(boolean some, String otherwise) {
        if (!some) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, otherwise);
        }
    }

    /** What others sent must not steer the screen. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
