package io.github.mparticleintercom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRefusalTest {

    @Test
    void namesReasonAndField() throws Exception {
        JsonNode error = Json.MAPPER.readTree(new HttpRefusal(400, Reason.INVALID_FIELD, "events").body()).at("/errors/0");

        assertThat(error.get("code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(error.get("message").asText()).isEqualTo(Reason.INVALID_FIELD.sentence() + ": events");
        assertThat(error.get("reason").asText()).isEqualTo("invalid-field");
        assertThat(error.get("field").asText()).isEqualTo("events");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 415, 429, 500, 503})
    void hasACodeForEveryStatusOfTheIntake(int status) throws Exception {
        assertThat(Json.MAPPER.readTree(new HttpRefusal(status, Reason.NOT_FOUND, null).body()).at("/errors/0/code").asText())
                .isNotEqualTo("ERROR").matches("[A-Z_]+");
    }
}
