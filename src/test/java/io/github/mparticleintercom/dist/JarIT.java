package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a host gets: the jar as it is installed. */
class JarIT {

    private static JarFile jar;
    private static Attributes manifest;

    @BeforeAll
    static void openJar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            jar = new JarFile(files.filter(file -> file.getFileName().toString().matches("mparticle-intercom-routes-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst().orElseThrow().toFile());
        }
        manifest = jar.getManifest().getMainAttributes();
    }

    @AfterAll
    static void closeJar() throws IOException {
        jar.close();
    }

    @Test
    void shadowsNothingOfAHost() {
        assertThat(jar.stream().map(entry -> entry.getName().split("/")[0]).distinct())
                .containsExactlyInAnyOrder("META-INF", "io", "mparticle-intercom", "kamelets");
        assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.startsWith("META-INF/")))
                .allMatch(name -> name.equals("META-INF/") || name.equals("META-INF/MANIFEST.MF") || name.startsWith("META-INF/maven/"));
    }

    @Test
    void holdsTheRoutesAsTheyAre() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.filter(file -> !file.getFileName().toString().startsWith("console")).toList()) {
                assertThat(jar.getInputStream(jar.getEntry("mparticle-intercom/" + route.getFileName())))
                        .hasSameContentAs(Files.newInputStream(route));
            }
        }
    }

    @Test
    void isABundle() {
        assertThat(manifest.getValue("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.github.mparticleintercom.routes");
        assertThat(manifest.getValue("Bundle-Version")).startsWith("1.0.0");
    }

    @Test
    void exportsThePackagesThatRoutesNameAndNotTheProgram() {
        List<String> exported = packages("Export-Package");

        assertThat(exported).allMatch(name -> name.startsWith("io.github.mparticleintercom"))
                .contains("io.github.mparticleintercom.broker", "io.github.mparticleintercom.intercom",
                        "io.github.mparticleintercom.mparticle")
                .doesNotContain("io.github.mparticleintercom.cli", "io.github.mparticleintercom.dev", "io.github.mparticleintercom.server");
    }

    @Test
    void importsEverythingInARangeOfVersionsAndNeedsNothingOfTheProgram() {
        List<String> imports = clauses("Import-Package");

        assertThat(imports).filteredOn(clause -> !clause.startsWith("javax.")).isNotEmpty().allMatch(clause -> clause.matches(".*;version=\"\\[[0-9.]+,[0-9.]+\\)\".*"));
        assertThat(imports).filteredOn(clause -> clause.matches("(org.apache.camel.main|org.apache.camel.component.platform|io.vertx|io.micrometer|picocli).*"))
                .isNotEmpty().allMatch(clause -> clause.contains("resolution:=optional"));
        assertThat(packages("Import-Package")).contains("org.apache.camel", "jakarta.jms", "org.slf4j");
    }

    private static List<String> packages(String header) {
        return clauses(header).stream().map(clause -> clause.split(";")[0]).toList();
    }

    /** The header at its commas, but not at those in quotes. */
    private static List<String> clauses(String header) {
        return List.of(manifest.getValue(header).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"));
    }
}
