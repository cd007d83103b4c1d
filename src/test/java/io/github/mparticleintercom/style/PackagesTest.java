package io.github.mparticleintercom.style;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the packages depend on each other and on Camel: one way, from what runs down to what computes. */
class PackagesTest {

    private static final String ROOT = "io.github.mparticleintercom";

    /** From the bottom up: a package may use those before it. {@link #ROOT} itself is below all. */
    private static final List<String> ORDER = List.of("metrics", "settings", "ratelimit", "mparticle", "intercom", "mapping",
            "translate", "outcome", "broker", "deadletter", "files", "http", "erasure", "health", "console", "check", "server", "dev", "cli");
    /** Those that know nothing of Camel. */
    private static final Set<String> PURE = Set.of("mparticle", "mapping", "translate");
    private static final Pattern TEXT = Pattern.compile("\"(?:direct:)?(mparticle-intercom-[a-z-]+)\"");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);
    }

    @Test
    void everyPackageHasItsPlace() {
        Set<String> found = classes.stream().map(JavaClass::getPackageName).filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ORDER).containsExactlyInAnyOrderElementsOf(found);
    }

    @TestFactory
    Stream<DynamicTest> usesOnlyWhatIsBelow() {
        return Stream.concat(Stream.of(""), ORDER.stream()).map(name -> DynamicTest.dynamicTest(name.isEmpty() ? "root" : name, () -> {
            String[] above = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream().map(PackagesTest::in).toArray(String[]::new);
            if (above.length > 0) {
                noClasses().that().resideInAPackage(in(name)).should().dependOnClassesThat().resideInAnyPackage(above).check(classes);
            }
        }));
    }

    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    /** A function from a batch to requests is tested without Camel, and runs without it. */
    @Test
    void translationKnowsOfCamelOnlyHowParametersAreNamed() {
        DescribedPredicate<JavaClass> camel = resideInAPackage("org.apache.camel..");
        DescribedPredicate<JavaClass> annotation = DescribedPredicate.describe("annotations", JavaClass::isAnnotation);

        noClasses().that(resideInAnyPackage(PURE.stream().map(PackagesTest::in).toArray(String[]::new))).should()
                .dependOnClassesThat(camel.and(DescribedPredicate.not(annotation))).check(classes);
    }

    /** Routes are divided anew without a look into Java; only health checks are named like them. */
    @Test
    void noJavaNamesARoute() throws IOException {
        Set<String> ids = RouteFiles.routes().stream().map(route -> String.valueOf(route.get("id"))).collect(Collectors.toSet());
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java") && !file.toString().contains("/health/")).toList()) {
                Matcher text = TEXT.matcher(Files.readString(source));
                while (text.find()) {
                    assertThat(ids).as("ids of routes, of which %s names one", source).doesNotContain(text.group(1));
                }
            }
        }
    }

    private static String in(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
