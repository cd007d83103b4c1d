package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code mparticle-intercom dead}: lists, shows, exports, replays and discards dead letters, whether the bundle runs or not. */
final class DeadCommand implements Commands.Command {

    private static final int SCREEN = 100;
    private static final int EVERY = 999_999_999;
    private static final String USAGE = """
            mparticle-intercom dead [list] [--reason CODE] [--limit N]   the newest letters, newest last
            mparticle-intercom dead show ID                              everything about one
            mparticle-intercom dead export FILE [--reason CODE]          all of them as lines of JSON; - for the screen
            mparticle-intercom dead replay ID [--body FILE]              sends one again, with another body if one is given
            mparticle-intercom dead replay --reason CODE                 sends all with this reason again; CODE may be all
            mparticle-intercom dead discard ID                           deletes one
            mparticle-intercom dead discard --reason CODE                deletes all with this reason; CODE may be all""";

    /**
     * The words of one call.
     *
     * @param verb    what to do
     * @param what    the id or file; null if none is given
     * @param options by name
     */
    private record Call(String verb, String what, Map<String, String> options) {

        String reason() {
            return options.get("--reason");
        }

        /** Its shape: the verb, whether something is named, and the options. */
        String shape() {
            return verb + (what == null ? "" : " X") + (options.isEmpty() ? "" : " "
                    + String.join(" ", options.keySet().stream().sorted().toList()));
        }
    }

    @Override
    public void run(List<String> words, PrintStream out) throws Exception {
        Call call = parse(words);
        String body = call.options().containsKey("--body") ? read(call.options().get("--body")) : null;
        try (DeadDesk desk = open()) {
            switch (call.shape()) {
                case "list", "list --limit", "list --reason", "list --limit --reason" -> list(desk, call, out);
                case "show X" -> DeadText.show(desk.show(call.what()), out);
                case "export X", "export X --reason" -> export(desk, call, out);
                case "replay X", "replay X --body" -> report(desk.replay(call.what(), body), out);
                case "replay --reason" -> report(desk.replayAll(call.reason()), out);
                case "discard X" -> report(desk.discard(call.what()), out);
                default -> report(desk.discardAll(call.reason()), out);
            }
        }
    }

    private static Call parse(List<String> words) {
        List<String> plain = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).startsWith("--")) {
                plain.add(words.get(i));
            } else if (++i == words.size() || options.put(words.get(i - 1), words.get(i)) != null) {
                throw new CommandFailure(CommandFailure.WRONG_USAGE, USAGE);
            }
        }
        Call call = new Call(plain.isEmpty() ? "list" : plain.get(0), plain.size() < 2 ? null : plain.get(1), options);
        if (plain.size() > 2 || !call.shape().matches("list( --limit)?( --reason)?|show X|export X( --reason)?"
                + "|replay X( --body)?|replay --reason|discard X|discard --reason")
                || !options.getOrDefault("--limit", "1").matches("[1-9]\\d{0,8}")) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, USAGE);
        }
        return call;
    }

    /** A running bundle holds its data itself, so it is asked first. */
    private static DeadDesk open() throws Exception {
        try (StoredSettings settings = StoredSettings.checked()) {
            DeadDesk running = RemoteDeadDesk.find(settings);
            return running == null ? new LocalDeadDesk() : running;
        }
    }

    private static void list(DeadDesk desk, Call call, PrintStream out) throws Exception {
        String limit = call.options().get("--limit");
        JsonNode list = desk.list(call.reason(), limit == null ? SCREEN : Integer.parseInt(limit));
        if (list.get("letters").isEmpty()) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "No dead letters");
        }
        DeadText.list(list, out);
    }

    private static void export(DeadDesk desk, Call call, PrintStream out) throws Exception {
        JsonNode letters = desk.list(call.reason(), EVERY).get("letters");
        if (letters.isEmpty()) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "No dead letters");
        }
        boolean screen = call.what().equals("-");
        PrintStream file = screen ? out : new PrintStream(Files.newOutputStream(Commands.file(call.what())), false,
                StandardCharsets.UTF_8);
        for (JsonNode letter : letters) {
            file.println(Json.write(desk.show(letter.get("id").asText())));
        }
        file.flush();
        if (!screen) {
            file.close();
            out.println("Exported " + letters.size() + " to " + Commands.file(call.what()));
        }
    }

    private static void report(JsonNode answer, PrintStream out) {
        String word = answer.has("replayed") ? "replayed" : "discarded";
        int done = answer.get(word).asInt();
        if (done == 0) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "No such dead letters");
        }
        int again = answer.path("parked_again").asInt();
        out.println(Character.toUpperCase(word.charAt(0)) + word.substring(1) + " " + done
                + (again == 0 ? "" : ", of which " + again + " could not be forwarded again and got a new id"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Commands.file(file));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "Cannot read " + Commands.file(file));
        }
    }
}
