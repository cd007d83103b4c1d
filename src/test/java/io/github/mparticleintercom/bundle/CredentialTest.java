package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential that Intercom refuses for a while stops delivery for no longer than that. */
class CredentialTest {

    @Test
    void goesOnByItselfWhenTheCredentialIsAcceptedAgain() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            IntStream.range(0, 10).forEach(user -> bundle.send(Batches.of("c" + user, 1)));
            await().untilAsserted(() -> assertThat(status(bundle)).isEqualTo(ServiceStatus.Suspended));
            intercom.settings().restoreToken(SandboxConfig.DEFAULT_TOKEN);

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(10));
            assertThat(status(bundle)).isEqualTo(ServiceStatus.Started);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void takesANewTokenFromTheSettingsFileWithoutARestart(@TempDir Path home) throws Exception {
        SandboxConfig config = SandboxConfig.builder().token("old", "old").token("new", "new").build();
        Path settings = home.resolve("application.properties");
        Path routes = Files.createDirectories(home.resolve("routes"));
        try (var files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        String shipped = Files.readString(Path.of("application.properties"));
        String line = "mparticle-intercom.intercom.access-token =";
        Files.writeString(settings, shipped.replace(line, line + " old"));
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                Bundle bundle = Bundle.builder().from(home).set("intercom.base-url", intercom.baseUrl()).start()) {
            bundle.send(Batches.of("c1", 1));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            intercom.settings().revokeToken("old");
            bundle.send(Batches.of("c2", 1));
            await().untilAsserted(() -> assertThat(status(bundle)).isEqualTo(ServiceStatus.Suspended));
            Files.writeString(settings, shipped.replace(line, line + " new"));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void deliversAfterAResumeThatComesWhileDeliveryIsStillStopping() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            ActiveFault underWay = intercom.fault(Fault.hang().on("POST", "/events"));
            bundle.send(Batches.event("c1", "Opened"));
            await().until(() -> underWay.hits() == 1);
            intercom.fault(Fault.status(401).on("POST", "/events"));
            bundle.send(Batches.event("c2", "Opened"));
            await().until(() -> HealthCheckHelper.invoke(bundle.context()).stream().anyMatch(one -> one.getMessage().orElse("")
                    .contains("delivery is paused")));

            CompletableFuture<Object> resumed = bundle.context().createProducerTemplate()
                    .asyncRequestBody("direct:mparticle-intercom-resume", null);
            underWay.release();
            resumed.get(30, TimeUnit.SECONDS);
            bundle.send(Batches.event("c3", "Opened"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
            assertThat(status(bundle)).isEqualTo(ServiceStatus.Started);
        }
    }

    @Test
    void goesOnWhereOnlyASideCallIsForbidden() throws Exception {
        SandboxConfig strict = SandboxConfig.builder().strictAttributes(true).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(strict); Bundle bundle = Bundle.builder().to(intercom)
                .set("contacts.unknown-attributes", "create").start()) {
            intercom.fault(Fault.status(403).on("POST", "/data_attributes").always());
            bundle.send(Batches.of("c1", 1));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            assertThat(status(bundle)).isEqualTo(ServiceStatus.Started);
            assertThat(HealthCheckHelper.invoke(bundle.context())).filteredOn(one -> one.getCheck().getId()
                    .equals("mparticle-intercom-intercom")).extracting(one -> one.getMessage().orElse(""))
                    .singleElement().asString().contains("credential-refused", "403 to attribute-create");
        }
    }

    private static ServiceStatus status(Bundle bundle) {
        return bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver");
    }
}
