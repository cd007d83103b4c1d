package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.OnlineCheck;
import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.server.Installation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code mparticle-intercom check}: everything that is wrong with routes and settings, in one run, and the settings that take
 * effect. Nothing is started on the data that they name.
 */
@Command(name = "check", description = "Check routes and settings, and print the settings that take effect.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--online", description = "Also ask Intercom for the token, the App ID and the region.")
    private boolean online;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<Problem> problems = new ArrayList<>(OfflineCheck.unreadable(Installation.FILE));
        List<OfflineCheck.Setting> settings = List.of();
        List<Problem> notes = List.of();
        if (problems.isEmpty()) {
            try (DefaultCamelContext stored = Installation.settings()) {
                OfflineCheck check = Installation.check(stored);
                settings = check.settings();
                problems.addAll(check.problems());
                notes = check.notes();
                if (online) {
                    problems.addAll(new OnlineCheck(key -> Installation.setting(stored, key)).problems());
                }
            }
        }
        if (json) {
            command.commandLine().getOut().println(json(settings, problems, notes).toPrettyString());
        } else {
            print(settings, problems, notes);
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(CommandFailure.NOT_GOOD,
                    problems.size() == 1 ? "1 problem found." : problems.size() + " problems found.");
        }
        return 0;
    }

    private void print(List<OfflineCheck.Setting> settings, List<Problem> problems, List<Problem> notes) {
        PrintWriter out = command.commandLine().getOut();
        int width = settings.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
        settings.forEach(setting -> out.printf("%-" + width + "s = %s   (%s)%n", setting.key(), setting.value(), setting.from()));
        out.println();
        notes.forEach(note -> out.println("note: " + note));
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println("Routes and settings are in order" + (online ? ", and Intercom knows them." : "."));
        }
    }

    private static ObjectNode json(List<OfflineCheck.Setting> settings, List<Problem> problems, List<Problem> notes) {
        ObjectNode json = Json.object();
        json.set("settings", Json.MAPPER.valueToTree(settings));
        json.set("problems", Json.MAPPER.valueToTree(problems));
        json.set("notes", Json.MAPPER.valueToTree(notes));
        return json;
    }
}
