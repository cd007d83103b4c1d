package io.github.mparticleintercom.faults;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A broker on its own, for {@link ArtemisProcess}. */
public final class ArtemisMain {

    private ArtemisMain() {
    }

    /**
     * Starts a broker, which runs until the process ends.
     *
     * @param arguments where its {@code broker.xml} is
     * @throws Exception when it does not start
     */
    public static void main(String... arguments) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfigResourcePath(Path.of(arguments[0]).toUri().toString());
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                broker.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
        System.out.println("started");
    }
}
