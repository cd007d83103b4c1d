package com.example.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.main.KameletMain;
import org.junit.jupiter.api.Test;

/** The engine of {@code camel run}, given what the command reads from {@code application.properties} of the folder. */
class CamelRunTest {

    private static final String BATCH = """
            {"user_identities": {"customer_id": "%s"}, "user_attributes": {"plan": "pro"}}""";

    @Test
    void entryAndKameletTakeBatches() throws Exception {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        KameletMain main = new KameletMain("camel.jbang");
        main.setDownload(true);
        main.setMavenSettings(settings().toString());
        main.setRepositories(repository().toUri().toString());
        for (String key : List.of("camel.jbang.dependencies", "camel.main.routesIncludePattern")) {
            main.addInitialProperty(key, properties.getProperty(key));
        }
        main.addInitialProperty("camel.component.properties.location", "file:application.properties");
        main.start();
        try {
            for (String way : List.of("by-entry", "by-kamelet")) {
                assertThat(main.getCamelContext().createProducerTemplate().requestBody("direct:" + way, 
                        BATCH.formatted(way + System.nanoTime()), String.class))
                        .contains("\"queued\":{\"contacts\":1,\"events\":0}");
            }
        } finally {
            main.stop();
        }
    }

    /** With a local repository that holds nothing yet. */
    private static Path settings() throws IOException {
        Path own = Files.createTempDirectory(Path.of("../target").toRealPath(), "repository");
        return Files.writeString(own.resolve("settings.xml"), "<settings><localRepository>" + own + "</localRepository></settings>");
    }

    /** Where Maven found Camel for this test, it has put the jar as well. */
    private static Path repository() throws Exception {
        Path jar = Path.of(KameletMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.getRoot().resolve(jar.subpath(0, jar.getNameCount() - "org/apache/camel/camel-kamelet-main/4.18.0/x.jar".split("/").length));
    }
}
