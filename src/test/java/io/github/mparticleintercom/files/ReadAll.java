package io.github.mparticleintercom.files;

import java.nio.file.Path;

/** Reads a file to its end in a process of its own and prints how many batches it held. */
final class ReadAll {

    private ReadAll() {
    }

    public static void main(String... arguments) throws Exception {
        long batches = 0;
        try (MparticleFile file = MparticleFile.open(Path.of(arguments[0]).toFile(), 1_000_000)) {
            while (file.hasNext()) {
                batches += file.next().size();
            }
        }
        System.out.println(batches);
    }
}
