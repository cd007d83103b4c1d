package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
        synopsisSubcommandLabel = "[COMMAND]", subcommands = {DeadCommand.ListCommand.class, DeadCommand.ShowCommand.class,
            DeadCommand.ExportCommand.class, DeadCommand.ReplayCommand.class, DeadCommand.DiscardCommand.class})
final class DeadCommand implements Callable<Integer> {

    private static final String PATH = "/dead-letters";
    private static final String NONE = "No dead letters";
    private static final List<String> COLUMNS = List.of("id", "dead_lettered_at", "reason", "kind", "status", "batch_id", "event_id",
            "source");
    private static final Set<String> BODIES = Set.of("body", "body_text", "body_base64");
    private static final int NAME_WIDTH = 22;

    @Mixin
    private ClientOptions options;
    @Mixin
    private ListOptions which;

    @Override
    public Integer call() throws IOException, InterruptedException {
        list(options, which);
        return 0;
    }

    /** Which dead letters to list. */
    static final class ListOptions {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;
        @Option(names = "--reason", paramLabel = "CODE", description = "Only those with this reason code.")
        private String reason;
        private int limit = 100;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
                description = "The newest N, newest last; ${DEFAULT-VALUE} by default.")
        private void setLimit(int limit) {
            if (limit < 1) {
                throw new ParameterException(command.commandLine(), "--limit must be 1 or more");
            }
            this.limit = limit;
        }
    }

    /** {@code dead list}, and {@code dead} alone. */
    @Command(name = "list", description = "List the newest, newest last.")
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private ClientOptions options;
        @Mixin
        private ListOptions which;

        @Override
        public Integer call() throws IOException, InterruptedException {
            list(options, which);
            return 0;
        }
    }

    /** {@code dead show}. */
    @Command(name = "show", description = "Show everything about one.")
    static final class ShowCommand implements Callable<Integer> {

        @Mixin
        private ClientOptions options;
        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id;

        @Override
        public Integer call() throws IOException, InterruptedException {
            show(options.client().get(path(id)), options.out());
            return 0;
        }
    }

    /** {@code dead export}. */
    @Command(name = "export", description = "Write all of them with their bodies, a line of JSON each, oldest first.")
    static final class ExportCommand implements Callable<Integer> {

        private static final int PAGE = 1000;

        @Mixin
        private ClientOptions options;
        @Parameters(paramLabel = "FILE", description = "Where to; - for the screen.")
        private String file;
        @Option(names = "--reason", paramLabel = "CODE", description = "Only those with this reason code.")
        private String reason;

        @Override
        public Integer call() throws IOException, InterruptedException {
            ManagementClient client = options.client();
            List<String> ids = ids(client);
            if (ids.isEmpty()) {
                throw new CommandFailure(CommandFailure.NOTHING_FOUND, NONE);
            }
            if (file.equals("-")) {
                write(client, ids, options.out());
                return 0;
            }
            try (OutputStream bytes = Files.newOutputStream(ClientOptions.file(file));
                    PrintWriter lines = new PrintWriter(bytes, false, StandardCharsets.UTF_8)) {
                write(client, ids, lines);
                if (lines.checkError()) {
                    throw new UncheckedIOException(new IOException("Cannot write " + ClientOptions.file(file)));
                }
            }
            options.out().println("Exported " + ids.size() + " to " + ClientOptions.file(file));
            return 0;
        }

        private List<String> ids(ManagementClient client) throws IOException, InterruptedException {
            List<String> ids = new ArrayList<>();
            String page = PATH + "?limit=" + PAGE + (reason == null ? "" : "&reason=" + ManagementClient.encode(reason));
            JsonNode found = client.get(page).path("dead_letters");
            while (!found.isEmpty()) {
                List<String> older = new ArrayList<>();
                found.forEach(one -> older.add(one.path("id").asText()));
                ids.addAll(0, older);
                found = client.get(page + "&before=" + ManagementClient.encode(older.get(0))).path("dead_letters");
            }
            return ids;
        }

        private static void write(ManagementClient client, List<String> ids, PrintWriter lines)
                throws IOException, InterruptedException {
            for (String id : ids) {
                lines.println(Json.write(client.get(path(id))));
            }
            lines.flush();
        }
    }

    /** {@code dead replay}. */
    @Command(name = "replay", description = "Send one again, or all with a reason.")
    static final class ReplayCommand implements Callable<Integer> {

        @Mixin
        private ClientOptions options;
        @ArgGroup(multiplicity = "1")
        private Which which;

        /** One or all. */
        static final class Which {
            @ArgGroup(exclusive = false, multiplicity = "1")
            private One one;
            @Option(names = "--reason", required = true, paramLabel = "CODE",
                    description = "All with this reason code; all for every one.")
            private String reason;
        }

        /** One, perhaps with another body. */
        static final class One {
            @Parameters(paramLabel = "ID", description = "The id of one.")
            private String id;
            @Option(names = "--body", paramLabel = "FILE", description = "What to send in place of its own body.")
            private String body;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (which.one == null) {
                JsonNode answer = options.client().post(PATH + "/replay?reason=" + ManagementClient.encode(which.reason), null);
                return report(answer, "replayed", options.out());
            }
            byte[] body = which.one.body == null ? null : ClientOptions.read(which.one.body);
            return report(options.client().post(path(which.one.id) + "/replay", body), "replayed", options.out());
        }
    }

    /** {@code dead discard}. */
    @Command(name = "discard", description = "Throw one away, or all with a reason.")
    static final class DiscardCommand implements Callable<Integer> {

        @Mixin
        private ClientOptions options;
        @ArgGroup(multiplicity = "1")
        private Which which;

        /** One or all. */
        static final class Which {
            @Parameters(paramLabel = "ID", description = "The id of one.")
            private String id;
            @Option(names = "--reason", required = true, paramLabel = "CODE",
                    description = "All with this reason code; all for every one.")
            private String reason;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            String what = which.id == null ? PATH + "?reason=" + ManagementClient.encode(which.reason) : path(which.id);
            return report(options.client().delete(what), "discarded", options.out());
        }
    }

    private static String path(String id) {
        return PATH + "/" + ManagementClient.encode(id);
    }

    private static void list(ClientOptions options, ListOptions which) throws IOException, InterruptedException {
        JsonNode list = options.client().get(PATH + "?limit=" + which.limit
                + (which.reason == null ? "" : "&reason=" + ManagementClient.encode(which.reason)));
        if (list.path("dead_letters").isEmpty()) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, NONE);
        }
        table(list, options.out());
    }

    /** A table, and how many there are. */
    static void table(JsonNode list, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(name -> name.replace('_', ' ')).toList());
        list.path("dead_letters").forEach(one -> rows.add(COLUMNS.stream().map(name -> printable(one.path(name).asText())).toList()));
        int[] widths = new int[COLUMNS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println(list.path("dead_letters").size() + " of " + list.path("total").asInt());
    }

    /** Everything, a line for each, and the body below. */
    private static void show(JsonNode deadLetter, PrintWriter out) {
        deadLetter.properties().stream().filter(entry -> !BODIES.contains(entry.getKey())).forEach(entry -> {
            String name = entry.getKey().replace('_', ' ');
            out.println(name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + printable(entry.getValue().asText()));
        });
        out.println();
        deadLetter.properties().stream().filter(entry -> BODIES.contains(entry.getKey())).forEach(entry ->
                out.println(entry.getValue().isTextual() && !entry.getKey().equals("body")
                        ? entry.getValue().asText() : entry.getValue().toPrettyString()));
    }

    private static int report(JsonNode answer, String word, PrintWriter out) {
        int done = answer.path(word).asInt();
        if (done == 0) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "No such dead letters");
        }
        int again = answer.path("dead_lettered_again").asInt();
        out.println(Character.toUpperCase(word.charAt(0)) + word.substring(1) + " " + done
                + (again == 0 ? "" : ", of which " + again + " could not be forwarded again and got a new id"));
        return 0;
    }

    /** What others sent must not steer the screen. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
