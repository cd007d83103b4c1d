package io.github.mparticleintercom.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A section of {@code RECIPES.md}, and what a reader does with its blocks. */
final class Recipe {

    private static final Path PAGE = Path.of("src/main/dist/RECIPES.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INSERTION = Pattern.compile("# (routes/\\S+), after the step (\\S+)");

    private final List<String[]> blocks = new ArrayList<>();

    private Recipe(String section) {
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            blocks.add(new String[] {block.group(1), block.group(2)});
        }
    }

    static Recipe of(String title) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("## " + title + "\n");
        assertThat(start).as("recipe '%s'", title).isNotNegative();
        int end = page.indexOf("\n## ", start);
        return new Recipe(page.substring(start, end < 0 ? page.length() : end));
    }

    static List<String> titles() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
    }

    /** A copy of the shipped routes and settings with the blocks laid over it. */
    Path in(Path home) throws IOException {
        return in(home, "");
    }

    /** The same for the blocks whose file is in this folder of the page. */
    Path in(Path home, String folder) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, home.resolve("routes").resolve(route.getFileName()));
            }
        }
        for (String[] block : blocks) {
            String place = block[1].lines().findFirst().orElseThrow();
            if (!block[0].equals("sh") && place.startsWith("# second/") == folder.equals("second/")) {
                lay(home, place.replace(folder, ""), block[1]);
            }
        }
        return home;
    }

    private static void lay(Path home, String place, String text) throws IOException {
        Matcher insertion = INSERTION.matcher(place);
        if (insertion.matches()) {
            Path file = home.resolve(insertion.group(1));
            String before = Files.readString(file);
            int step = before.indexOf("id: " + insertion.group(2) + "\n");
            int next = before.indexOf("\n- ", step) + 1;
            assertThat(step).as(place).isPositive();
            Files.writeString(file, before.substring(0, next) + text + before.substring(next));
        } else if (place.equals("# application.properties")) {
            Files.writeString(home.resolve("application.properties"), "\n" + text, StandardOpenOption.APPEND);
        } else {
            assertThat(place).matches("# routes/[a-z-]+\\.camel\\.yaml");
            assertThat(home.resolve(place.substring(2))).as("a new file").doesNotExist();
            Files.writeString(home.resolve(place.substring(2)), text);
        }
    }

    /** The jars that its commands fetch. */
    List<String> jars() {
        List<String> jars = new ArrayList<>();
        Matcher jar = Pattern.compile("[\\w.]+:([\\w-]+):([\\d.]+)").matcher(String.join("\n",
                blocks.stream().filter(block -> block[0].equals("sh")).map(block -> block[1]).toList()));
        while (jar.find()) {
            jars.add(jar.group(1) + "-" + jar.group(2) + ".jar");
        }
        return jars;
    }
}
