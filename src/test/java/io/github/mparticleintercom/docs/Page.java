package io.github.mparticleintercom.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that are written for people, and what is in them for machines. */
public final class Page {

    private static final Path DOCS = Path.of("src/main/dist/docs");
    private static final Pattern COMMANDS = Pattern.compile("(?m)(?:^<!-- not run: (.+?) -->\n)?^```sh\n(.*?)^```$", Pattern.DOTALL);

    private Page() {
    }

    /**
     * Lines for a shell.
     *
     * @param reason why no test runs them; null where one does
     * @param text   the lines
     */
    public record Commands(String reason, String text) {
    }

    /** README, CONTRIBUTING and all of docs/. */
    public static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(DOCS)) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** The blocks of commands of a page. */
    public static List<Commands> commands(Path page) throws IOException {
        List<Commands> commands = new ArrayList<>();
        Matcher block = COMMANDS.matcher(Files.readString(page));
        while (block.find()) {
            commands.add(new Commands(block.group(1), block.group(2)));
        }
        return commands;
    }

    static String withoutBlocks(String page) {
        return page.replaceAll("(?ms)^```\\w*\n.*?^```$", "");
    }

    /** As the assembly writes README into the distribution. */
    static String shipped(String readme) {
        return readme.replace("src/main/dist/", "");
    }
}
