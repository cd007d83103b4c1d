package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.intercom.EventNames;
import io.github.mparticleintercom.intercom.KnownContacts;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.translate.IntercomSeconds;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One test for each {@link Case}, through the real routes to the sandbox. */
class CasesTest {

    private static final String DEAD_LETTERS = "mparticle-intercom.dead-letters";

    private static IntercomSandbox sharedIntercom;
    private static Bundle shared;

    @BeforeAll
    static void start() throws Exception {
        sharedIntercom = IntercomSandbox.start();
        shared = start(Map.of(), sharedIntercom);
    }

    @AfterAll
    static void stop() {
        shared.close();
        sharedIntercom.close();
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        List<Path> folders = Case.folders();
        assertThat(folders).isNotEmpty();
        return folders.stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(),
                folder.resolve("batch.json").toUri(), () -> check(new Case(folder))));
    }

    private static void check(Case example) throws Exception {
        if (example.settings().isEmpty()) {
            forgetAll();
            example.check(shared, sharedIntercom);
        } else {
            try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = start(example.settings(), intercom)) {
                example.check(bundle, intercom);
            }
        }
    }

    /** One consumer, so that the order of calls is that of the batch for several users, too. */
    private static Bundle start(Map<String, String> settings, IntercomSandbox intercom) throws Exception {
        Bundle.Builder builder = Bundle.builder().to(intercom).set("deliver.concurrency", "1");
        settings.forEach(builder::set);
        return builder.start();
    }

    /** As if the shared bundle and its Intercom had just started. A setting that is set anew empties its memory. */
    private static void forgetAll() throws JMSException {
        sharedIntercom.reset();
        shared.bean("intercomKnownContacts", KnownContacts.class).setUsers(1000);
        shared.bean("intercomSeconds", IntercomSeconds.class).setMemory(1000);
        // names are counted for as long as Intercom keeps them, which the sandbox did not
        shared.bean("intercomEventNames", EventNames.class).setMost(Integer.MAX_VALUE);
        int left = shared.dead().size();
        if (left > 0) {
            try (Connection connection = shared.connect()) {
                connection.start();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(DEAD_LETTERS));
                for (int taken = 0; taken < left; taken++) {
                    assertThat(consumer.receive(10_000)).isNotNull();
                }
            }
        }
    }
}
