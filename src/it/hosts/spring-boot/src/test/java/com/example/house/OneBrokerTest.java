package com.example.house;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMRegistry;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A host that has nothing to do with JMS itself, which is when Spring Boot would have a broker of its own. */
class OneBrokerTest {

    @TempDir
    private Path data;

    @Test
    void theEmbeddedBrokerIsTheOnlyOne() {
        try (ConfigurableApplicationContext application = SpringApplication.run(NoBroker.class,
                "--camel.main.routes-include-pattern=classpath:mparticle-intercom/*.camel.yaml",
                "--mparticle-intercom.broker.data=" + data, "--mparticle-intercom.dry-run=true")) {
            String receipt = application.getBean(CamelContext.class).createProducerTemplate().requestBody("direct:mparticle-intercom",
                    "{\"user_identities\": {\"customer_id\": \"c1\"}, \"user_attributes\": {\"plan\": \"pro\"}}", String.class);

            assertThat(receipt).contains("\"queued\":{\"contacts\":1,\"events\":0}");
            assertThat(InVMRegistry.instance.size()).isEqualTo(1);
            assertThat(application.getBeansOfType(ConnectionFactory.class)).isEmpty();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class NoBroker {
    }
}
