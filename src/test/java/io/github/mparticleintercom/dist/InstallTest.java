package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code install/} says about the bundle is true of it. */
class InstallTest {

    private static final Path INSTALL = Path.of("src/main/dist/install");
    private static final Pattern VARIABLE = Pattern.compile("\\b(MPARTICLE_INTERCOM_[A-Z_]+)\\b");
    /** Read by the start script's log configuration, not by the bundle. */
    private static final Set<String> OF_THE_LOG = Set.of("MPARTICLE_INTERCOM_AUDIT_FILE");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("Secret", Secret.class, "ConfigMap", ConfigMap.class,
            "Service", Service.class, "StatefulSet", StatefulSet.class);
    /** The types would keep fields that they do not know. */
    private static final ObjectMapper STRICT = JsonMapper.builder().annotationIntrospector(new JacksonAnnotationIntrospector() {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }).build();

    @ParameterizedTest
    @ValueSource(strings = {"mparticle-intercom.service", "Containerfile", "kubernetes.yaml"})
    void setsOnlyWhatIsASetting(String file) throws IOException {
        Set<String> known = Settings.keys().stream().map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toSet());
        Matcher variable = VARIABLE.matcher(Files.readString(INSTALL.resolve(file)));
        List<String> unknown = new ArrayList<>();
        while (variable.find()) {
            if (!known.contains(variable.group(1)) && !OF_THE_LOG.contains(variable.group(1))) {
                unknown.add(variable.group(1));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void secretsAreMountedWhereTheBundleLooksForThem() throws IOException {
        String manifests = Files.readString(INSTALL.resolve("kubernetes.yaml"));
        Matcher key = Pattern.compile("(?m)^  (mparticle-intercom\\..+): ").matcher(manifests);
        assertThat(key.results().map(found -> found.group(1)).toList()).isNotEmpty().isSubsetOf(Settings.keys());
        Matcher folder = Pattern.compile("MPARTICLE_INTERCOM_SECRETS_FOLDER: (\\S+)").matcher(manifests);
        assertThat(folder.find()).isTrue();
        assertThat(manifests).contains("- name: secrets\n              mountPath: " + folder.group(1) + "\n");
    }

    /** As strict as the API server is with {@code --validate=strict}, also with the lines that stand there to be taken into use. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void kubernetesKnowsEveryField(boolean withRoutes) throws IOException {
        String manifests = Files.readString(INSTALL.resolve("kubernetes.yaml"));
        String used = manifests.replaceAll("(?m)^( {8,})# (?=- \\{?name: routes| {2}configMap| {4}name: )", "$1");
        assertThat(manifests.length() - used.length()).as("four lines").isEqualTo(4 * "# ".length());
        List<HasMetadata> objects = new ArrayList<>();
        for (Object document : documents(withRoutes ? used : manifests)) {
            objects.add(STRICT.convertValue(document, KINDS.get(((Map<?, ?>) document).get("kind"))));
        }

        StatefulSet set = only(objects, StatefulSet.class);
        assertThat(set.getSpec().getTemplate().getMetadata().getLabels()).containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
        Container container = set.getSpec().getTemplate().getSpec().getContainers().get(0);
        Map<String, Service> services = objects.stream().filter(Service.class::isInstance).map(Service.class::cast)
                .collect(Collectors.toMap(service -> service.getMetadata().getName(), Function.identity()));
        assertThat(services.get(set.getSpec().getServiceName()).getSpec().getClusterIP()).isEqualTo("None");
        assertThat(services.values()).flatExtracting(service -> service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal())
                .containsExactlyInAnyOrderElementsOf(container.getPorts().stream().map(ContainerPort::getName).toList());
        Set<String> volumes = Stream.concat(set.getSpec().getTemplate().getSpec().getVolumes().stream().map(Volume::getName),
                set.getSpec().getVolumeClaimTemplates().stream().map(claim -> claim.getMetadata().getName())).collect(Collectors.toSet());
        assertThat(container.getVolumeMounts()).extracting(VolumeMount::getName).containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void prometheusFindsTheManagementPortAndItsToken() throws IOException {
        Map<String, Object> monitor = documents(Files.readString(INSTALL.resolve("prometheus-operator.yaml"))).get(0);
        Map<String, Object> spec = STRICT.convertValue(monitor.get("spec"), new TypeReference<>() { });
        String text = STRICT.writeValueAsString(spec);
        List<Map<String, Object>> objects = documents(Files.readString(INSTALL.resolve("kubernetes.yaml")));

        Map<?, ?> labels = (Map<?, ?>) ((Map<?, ?>) spec.get("selector")).get("matchLabels");
        assertThat(objects).filteredOn(object -> "Service".equals(object.get("kind")))
                .extracting(object -> STRICT.convertValue(object, Service.class))
                .filteredOn(service -> service.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .singleElement().satisfies(service -> assertThat(text).contains("\"port\":\"" + service.getSpec().getPorts().get(0).getName() + "\""));
        Map<String, String> secret = STRICT.convertValue(objects.stream().filter(object -> "Secret".equals(object.get("kind")))
                .findFirst().orElseThrow(), Secret.class).getStringData();
        assertThat("Bearer " + secret.get("prometheus-token")).isEqualTo(secret.get("mparticle-intercom.http.authorization"));
        assertThat(text).contains("\"type\":\"Bearer\"", "\"name\":\"mparticle-intercom\"", "\"key\":\"prometheus-token\"",
                "\"path\":\"" + shipped("camel.metrics.path") + "\"");
    }

    @Test
    void theImageHasOneName() throws IOException {
        Matcher version = Pattern.compile("<artifactId>mparticle-intercom-routes</artifactId>\\s+<version>([0-9.]+)").matcher(
                Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        for (String file : List.of("Containerfile", "kubernetes.yaml")) {
            Matcher tag = Pattern.compile("(?:build .* -t|image:) (\\S+)").matcher(Files.readString(INSTALL.resolve(file)));
            assertThat(tag.results().map(found -> found.group(1))).as(file).containsExactly("mparticle-intercom:" + version.group(1));
        }
    }

    /** Runs the very line of the image's build. */
    @Test
    void noSecretGoesIntoAnImage(@TempDir Path folder) throws Exception {
        Matcher line = Pattern.compile("(?ms)^RUN (keys=.*?[^\\\\])$").matcher(Files.readString(INSTALL.resolve("Containerfile")));
        assertThat(line.find()).isTrue();
        Path settings = folder.resolve("application.properties");
        String command = line.group(1).replace("/opt/mparticle-intercom", folder.toString());
        String shipped = Files.readString(Path.of("application.properties"));
        Files.writeString(settings, shipped);
        assertThat(sh(command)).isEmpty();

        List<String> secrets = Settings.keys().stream().filter(Settings::isSecret).toList();
        assertThat(secrets).hasSizeGreaterThan(5);
        for (String secret : secrets) {
            Files.writeString(settings, shipped.replaceFirst("(?m)^" + Pattern.quote(secret) + " =.*$", secret + " = s3cret"));
            assertThat(sh(command)).contains(secret).doesNotContain("s3cret");
        }
    }

    /** All that the distribution has but what is for people; whatever else lies beside it stays out. */
    @Test
    void theProgramAndNothingElseGoesIntoAnImage() throws IOException {
        Set<String> program = new TreeSet<>(Set.of("routes", "lib"));
        Matcher file = Pattern.compile("<source>(?:.*/)?(.+)</source>").matcher(Files.readString(Path.of("src/main/assembly/content.xml")));
        file.results().forEach(found -> program.add(found.group(1)));
        try (Stream<Path> files = Files.list(INSTALL.getParent())) {
            files.forEach(found -> program.add(found.getFileName().toString()));
        }
        program.removeAll(Set.of("docs", "install", "monitoring", "README.md", ".dockerignore"));
        List<String> lines = Files.readAllLines(Path.of("src/main/dist/.dockerignore")).stream().filter(line -> !line.startsWith("#")).toList();

        assertThat(lines).first().isEqualTo("*");
        assertThat(lines).filteredOn(line -> !line.equals("*")).containsExactlyInAnyOrderElementsOf(program.stream().map("!"::concat).toList());
    }

    @Test
    void theHeapFitsTheUnitsLimit() throws IOException {
        String unit = Files.readString(INSTALL.resolve("mparticle-intercom.service"));

        assertThat(number(unit, "JAVA_OPTS=-Xmx(\\d+)m")).isLessThanOrEqualTo(1024 * number(unit, "MemoryMax=(\\d+)G") / 2);
    }

    private static String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    private static List<Map<String, Object>> documents(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml)
                .forEach(document -> documents.add(STRICT.convertValue(document, new TypeReference<>() { })));
        return documents;
    }

    private static <T> T only(List<?> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
            assertThat(found).hasSize(1);
            return found.get(0);
        }));
    }

    @Test
    void probesAndStopFitTheBundle() throws IOException {
        String manifests = Files.readString(INSTALL.resolve("kubernetes.yaml"));
        assertThat(manifests).contains("path: /observe/health/live", "path: /observe/health/ready",
                "containerPort: " + shipped("mparticle-intercom.http.port"), "containerPort: 9876");
        int shutdown = Integer.parseInt(shipped("camel.main.shutdown-timeout"));
        assertThat(number(manifests, "terminationGracePeriodSeconds: (\\d+)"))
                .isGreaterThan(shutdown + number(manifests, "command: \\[sleep, \"(\\d+)\"]"));
        assertThat(number(Files.readString(INSTALL.resolve("mparticle-intercom.service")), "TimeoutStopSec=(\\d+)"))
                .isGreaterThan(shutdown);
    }

    @Test
    void systemdAcceptsTheUnit(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "Skipped: no systemd-analyze here");
        Path unit = folder.resolve("mparticle-intercom.service");
        Files.writeString(unit, Files.readString(INSTALL.resolve("mparticle-intercom.service"))
                .replace("ExecStart=/opt/mparticle-intercom/bin/mparticle-intercom", "ExecStart=/bin/sh"));

        Process verify = new ProcessBuilder("/usr/bin/systemd-analyze", "verify", unit.toString()).redirectErrorStream(true).start();
        assertThat(new String(verify.getInputStream().readAllBytes())).doesNotContain("mparticle-intercom.service");
        assertThat(verify.waitFor()).isZero();
    }

    private static String shipped(String key) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(key) + " = (.*)$")
                .matcher(Files.readString(Path.of("application.properties")));
        assertThat(line.find()).as(key).isTrue();
        return line.group(1);
    }

    private static int number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
