package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The distribution lists everything that is in it. */
class BillOfMaterialsIT {

    private static final Path DIST = BundleProcess.SCRIPT.resolve("../..").normalize();

    @Test
    void namesEveryLibrary() throws Exception {
        JsonNode bill = Json.MAPPER.readTree(Files.readString(DIST.resolve("bom.json")));
        Set<String> named = new TreeSet<>();
        for (JsonNode component : bill.path("components")) {
            named.add(component.path("name").asText() + "-" + component.path("version").asText());
        }

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        try (Stream<Path> libraries = Files.list(DIST.resolve("lib"))) {
            assertThat(libraries.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".jar"))
                    .filter(file -> !file.startsWith("mparticle-intercom-routes-")))
                    .isNotEmpty()
                    .allMatch(file -> named.stream().anyMatch(name -> file.equals(name + ".jar") || file.startsWith(name + "-")));
        }
    }
}
