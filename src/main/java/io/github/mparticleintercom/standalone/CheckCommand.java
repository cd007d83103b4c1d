package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.OnlineCheck;
import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.check.Setting;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code mparticle-intercom check}: everything that is wrong with routes and settings, in one run, and the settings that take
 * effect. Nothing is started on the data that they name.
 */
final class CheckCommand implements Commands.Command {

    private static final String USAGE = """
            mparticle-intercom check            check routes and settings, and print the settings that take effect
            mparticle-intercom check --online   the same, and ask Intercom for the token, the App ID and the region
            mparticle-intercom check --json     the same as JSON""";

    @Override
    public void run(List<String> words, PrintStream out) throws Exception {
        Set<String> options = new HashSet<>(words);
        if (options.size() != words.size() || !Set.of("--online", "--json").containsAll(options)) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, USAGE);
        }
        List<Problem> problems = new ArrayList<>();
        List<Setting> settings;
        try (StoredSettings stored = StoredSettings.unchecked()) {
            OfflineCheck check = Home.check(stored.context());
            settings = check.settings();
            problems.addAll(Rehearsal.problems(check));
            if (options.contains("--online")) {
                problems.addAll(new OnlineCheck(stored::get).problems());
            }
        }
        if (options.contains("--json")) {
            out.println(json(settings, problems).toPrettyString());
        } else {
            print(settings, problems, options.contains("--online"), out);
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(CommandFailure.NOT_GOOD,
                    problems.size() == 1 ? "1 problem found." : problems.size() + " problems found.");
        }
    }

    private static void print(List<Setting> settings, List<Problem> problems, boolean online, PrintStream out) {
        int width = settings.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
        settings.forEach(setting -> out.printf("%-" + width + "s = %s   (%s)%n", setting.key(), setting.value(), setting.from()));
        out.println();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println("Routes and settings are in order" + (online ? ", and Intercom knows them." : "."));
        }
    }

    private static ObjectNode json(List<Setting> settings, List<Problem> problems) {
        ObjectNode json = Json.object();
        json.set("settings", Json.MAPPER.valueToTree(settings));
        json.set("problems", Json.MAPPER.valueToTree(problems));
        return json;
    }
}
