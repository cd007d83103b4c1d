package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.Test;

class PlaceholderRuleTest {

    @Test
    void namesWhatAVaultNeeds() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(problems(camel, "{{hashicorp:secret:token}}"))
                    .containsExactly("{{hashicorp:...}} needs camel-hashicorp-vault on the class path (lib/).");
            assertThat(problems(camel, "{{env:HOME}}{{hashicorps:a-default}}")).isEmpty();

            camel.getPropertiesComponent().addPropertiesFunction(new Vault());
            assertThat(problems(camel, "{{hashicorp:secret:token}}")).isEmpty();
        }
    }

    private static List<String> problems(DefaultCamelContext camel, String text) {
        List<String> problems = new ArrayList<>();
        new PlaceholderRule(camel).check(text, problems::add);
        return problems;
    }

    private static final class Vault implements PropertiesFunction {
        @Override
        public String getName() {
            return "hashicorp";
        }

        @Override
        public String apply(String remainder) {
            return "from the vault";
        }
    }
}
