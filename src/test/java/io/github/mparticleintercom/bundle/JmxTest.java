package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.api.management.mbean.RouteError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks at the running bundle by JMX, as Hawtio does, sees how it works, and neither a secret nor a person. */
class JmxTest {

    private static final String TOKEN = "jmx-planted-token";
    private static final String IOS_KEY = "jmx-planted-ios-key";
    private static final String EMAIL = "jmx.planted@example.com";
    /** Operations that only read. */
    private static final String READS = "(dump|list|browse|get|details|variables|extendedInformation).*";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    @TempDir
    private Path folder;

    @Test
    void showsNeitherSecretsNorPeople() throws Exception {
        RealCertificate certificate = RealCertificate.make(folder);
        SandboxConfig config = SandboxConfig.builder().token(TOKEN, "general").token(IOS_KEY, "ios").build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config); Bundle bundle = Bundle.builder().to(intercom).watched()
                .set("intercom.access-token", TOKEN).set("platform.ios.api-key", IOS_KEY)
                .set("http.enabled", "true").set("http.authorization", "Bearer jmx-planted-secret")
                .set("console.enabled", "true").set("files.enabled", "true").set("jms.enabled", "true")
                .set("broker.listen", "tcp://127.0.0.1:" + ExternalBroker.freePort())
                .set("broker.user", "someone").set("broker.password", "jmx-planted-password")
                .set("broker.tls.enabled", "true").set("broker.tls.key-store", certificate.keyStore().toString())
                .set("broker.tls.key-store-password", RealCertificate.PASSWORD).start()) {
            intercom.fault(Fault.status(422).body("{\"errors\":[{\"code\":\"parameter_invalid\",\"message\":\"no " + EMAIL + " "
                    + TOKEN + "\"}]}").on(CallKind.EVENT).times(1));
            bundle.send(batch(1));
            await().until(() -> bundle.dead().size() == 1);
            bundle.send("{\"user_identities\": {\"email\": \"" + EMAIL + "\"}, no json");
            bundle.send(batch(2));
            await().until(() -> !intercom.events().isEmpty());

            Map<String, String> readable = readable(bundle.context().getManagementName());
            assertThat(readable).hasSizeGreaterThan(10_000).containsKey("dumpRoutesAsYaml of context")
                    .allSatisfy((what, text) -> assertThat(text).as(what).doesNotContain("planted-"));
            // what is dead-lettered is there to be looked at, and nothing else names people
            assertThat(readable.entrySet()).filteredOn(fact -> fact.getValue().contains(EMAIL)).isNotEmpty()
                    .allSatisfy(fact -> assertThat(fact.getKey()).startsWith("browse").contains("mparticle-intercom.dead-letters"));
        }
    }

    private static String batch(int id) {
        return Batches.signup("jmx-" + id).replaceFirst("\"user_identities\": *\\{[^}]*}",
                "\"device_info\": {\"platform\": \"iOS\"}, \"user_identities\": {\"email\": \"" + EMAIL + "\"}");
    }

    /** All attributes and the answers of all operations that only read, by a name for a person. */
    private Map<String, String> readable(String context) throws Exception {
        Set<ObjectName> names = new TreeSet<>(server.queryNames(new ObjectName("org.apache.camel:context=" + context + ",*"), null));
        names.addAll(server.queryNames(new ObjectName("org.apache.activemq.artemis:*"), null));
        Map<String, String> readable = new LinkedHashMap<>();
        for (ObjectName name : names) {
            String of = " of " + (name.getKeyProperty("type").equals("context") ? "context" : name);
            readable.put("name" + of, name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                readable.put(attribute.getName() + of, text(() -> server.getAttribute(name, attribute.getName())));
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                String[] types = Stream.of(operation.getSignature()).map(MBeanParameterInfo::getType).toArray(String[]::new);
                if (operation.getName().matches(READS) && Stream.of(types).allMatch(type -> type.toLowerCase().endsWith("boolean"))) {
                    Object[] everything = Stream.of(types).map(type -> true).toArray();
                    readable.merge(operation.getName() + of, text(() -> server.invoke(name, operation.getName(), everything, types)),
                            String::concat);
                }
            }
        }
        return readable;
    }

    /** What a client shows of an answer, or of the failure. */
    private static String text(Callable<Object> question) {
        try {
            Object answer = question.call();
            return answer instanceof RouteError error ? String.valueOf(error.getException())
                    : answer instanceof Object[] several ? Arrays.deepToString(several) : String.valueOf(answer);
        } catch (Exception e) {
            return e + " " + e.getCause();
        }
    }
}
