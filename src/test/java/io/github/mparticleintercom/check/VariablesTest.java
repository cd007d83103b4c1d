package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    @ParameterizedTest
    @CsvSource({"MPARTICLE_INTERCOM_HTTP_PORT,80", "MPARTICLE_INTERCOM_LOG_FORMAT,json", "HOME,/root",
            "MPARTICLE_INTERCOM_SERVICE_HOST,10.0.0.1", "MPARTICLE_INTERCOM_SERVICE_PORT_HTTP,8080",
            "MPARTICLE_INTERCOM_PORT,tcp://10.0.0.1:8080", "MPARTICLE_INTERCOM_PORT_8080_TCP_ADDR,10.0.0.1",
            "MPARTICLE_INTERCOM_DEV_PORT,tcp://10.0.0.1:8080"})
    void takesSettingsAndWhatKubernetesTells(String name, String value) {
        assertThat(problems(Map.of(name, value), List.of())).isEmpty();
    }

    @Test
    void namesTheNearest() {
        assertThat(problems(Map.of("MPARTICLE_INTERCOM_PORT", "8080", "MPARTICLE_INTERCOM_INTERCOM_TOKEN", "t"), List.of()))
                .containsExactly("environment variable MPARTICLE_INTERCOM_INTERCOM_TOKEN stands for no setting; did you mean"
                        + " MPARTICLE_INTERCOM_INTERCOM_REGION?",
                        "environment variable MPARTICLE_INTERCOM_PORT stands for no setting; did you mean MPARTICLE_INTERCOM_HTTP_PORT?");
    }

    @Test
    void takesWhatTheSettingsFileNames() {
        assertThat(problems(Map.of("MPARTICLE_INTERCOM_TOKEN", "t"), List.of("{{env:MPARTICLE_INTERCOM_TOKEN}}"))).isEmpty();
    }

    private static List<String> problems(Map<String, String> environment, List<String> values) {
        List<String> problems = new ArrayList<>();
        Variables.check(environment, values, problems::add);
        return problems;
    }
}
