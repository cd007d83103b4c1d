package io.github.mparticleintercom.check;

import java.util.Comparator;
import java.util.List;

/**
 * Something that is wrong with the routes or the settings.
 *
 * @param file     where; "" where the sentence says it
 * @param line     the line in that file, from 1 on; 0 where it is not known
 * @param sentence what is wrong, for a person
 */
public record Problem(String file, int line, String sentence) {

    /** One that is in no file, or whose sentence names the place. */
    public static Problem of(String sentence) {
        return new Problem("", 0, sentence);
    }

    /** Each once, by file and line. */
    static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().distinct().sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line)).toList();
    }

    /** The place and the sentence, as compilers print them. */
    @Override
    public String toString() {
        return (file.isEmpty() ? "" : file + (line > 0 ? ":" + line : "") + ": ") + sentence;
    }
}
