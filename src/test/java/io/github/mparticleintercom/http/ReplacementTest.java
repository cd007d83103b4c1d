package io.github.mparticleintercom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what is of the same kind may stand in for the body of a dead letter. */
class ReplacementTest {

    private static final String ARRAY = "{'kind': 'batch', 'body': [{'events': []}]}";
    private static final String CUT_ARRAY = "{'kind': 'batch', 'body_text': ' [{'}";
    private static final String BATCH = "{'kind': 'batch', 'body': {'events': 1}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "contact | {'external_id': 'c1'}",
        "contact | {'email': 'a@example.com', 'role': 'lead'}",
        "contact | {'external_id': 'c1', 'email': 'a@example.com', 'custom_attributes': {'a': null}}",
        "company | {'email': 'a@example.com', 'company_id': 'acme'}",
        "company | {'external_id': 'c1'}",
        "tags | {'external_id': 'c1', 'tags': {'vip': true, 'new': false}}",
        "event | {'user_id': 'c1', 'event_name': 'Opened', 'created_at': 1790000000}",
        "event | {'email': 'a@example.com', 'event_name': 'Opened', 'created_at': 1790000000}"})
    void aRequestOfTheSameOperationIsTaken(String operation, String body) {
        assertThatCode(() -> check("{'kind': 'request', 'operation': '" + operation + "', 'body': " + body + "}", body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "contact | {} | external_id",
        "contact | {'user_id': 'c1'} | external_id",
        "contact | {'external_id': 7} | external_id",
        "contact | {'external_id': null, 'email': 'a@example.com'} | external_id",
        "contact | {'email': ' '} | email",
        "contact | {'external_id': 'c1', 'email': ['a@example.com']} | email",
        "company | {'company_id': 'acme'} | external_id",
        "company | {'external_id': 'c1'} | company_id",
        "company | {'external_id': 'c1', 'company_id': {}} | company_id",
        "tags | {'external_id': 'c1'} | tags",
        "tags | {'external_id': 'c1', 'tags': ['vip']} | tags",
        "tags | {'external_id': 'c1', 'tags': {'vip': 'yes'}} | tags",
        "event | {'external_id': 'c1', 'event_name': 'Opened', 'created_at': 1790000000} | user_id",
        "event | {'user_id': 'c1', 'created_at': 1790000000} | event_name",
        "event | {'user_id': 'c1', 'event_name': 'Opened'} | created_at",
        "event | {'user_id': 'c1', 'event_name': 'Opened', 'created_at': 'now'} | created_at",
        "of-an-engineer | [] | body"})
    void aRequestThatCouldNotBeSentIsRefused(String operation, String body, String field) throws Exception {
        refused("{'kind': 'request', 'operation': '" + operation + "', 'body': {'company_id': 'acme'}}", body, "invalid-field", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contact", "company", "tags", "event"})
    void aRequestIsAnObject(String operation) throws Exception {
        for (String body : new String[] {"[]", "[1]", "5", "null", "true", "'text'"}) {
            refused("{'kind': 'request', 'operation': '" + operation + "', 'body': {}}", body, "invalid-field", "body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{'identity_type': 'email', 'identity_value': 'other@example.com'}"})
    void nobodyElseIsForgotten(String body) throws Exception {
        refused("{'kind': 'request', 'operation': 'erasure', 'body': {}}", body, "erasure-not-replaceable", "body");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        BATCH + " | {'events': []}",
        "{'kind': 'batch', 'body_text': '{no json'} | {'events': []}",
        "{'kind': 'event', 'body': {'events': []}} | {'events': [], 'user_identities': {'customer_id': 'c1'}}",
        ARRAY + " | {'events': []}",
        ARRAY + " | [{'events': []}, {'events': []}]",
        CUT_ARRAY + " | [{'events': []}]"})
    void aBatchIsTakenAndAnArrayInPlaceOfAnArray(String deadLetter, String body) {
        assertThatCode(() -> check(deadLetter, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        BATCH + " | [] | not-a-batch | body",
        BATCH + " | [{'events': []}] | not-a-batch | body",
        BATCH + " | null | not-a-batch | body",
        BATCH + " | 5 | not-a-batch | body",
        BATCH + " | {'a': 1} | not-a-batch | body",
        BATCH + " | {} | empty-object | body",
        BATCH + " | {'events': {}} | invalid-field | events",
        ARRAY + " | [] | not-a-batch | body",
        ARRAY + " | [1] | not-a-batch | body",
        ARRAY + " | [[]] | not-a-batch | body",
        CUT_ARRAY + " | [{'events': []}, 5] | not-a-batch | body"})
    void whatIsNoBatchIsRefused(String deadLetter, String body, String reason, String field) throws Exception {
        refused(deadLetter, body, reason, field);
    }

    private static void refused(String deadLetter, String body, String reason, String field) throws IOException {
        HttpRefusal refusal = catchThrowableOfType(HttpRefusal.class, () -> check(deadLetter, body));

        assertThat(refusal).as(body).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
        JsonNode error = Json.MAPPER.readTree(refusal.body()).at("/errors/0");
        assertThat(error.get("reason").asText()).isEqualTo(reason);
        assertThat(error.get("field").asText()).isEqualTo(field);
    }

    private static void check(String deadLetter, String body) throws IOException, HttpRefusal {
        new Replacement(json(body)).checkFor(json(deadLetter));
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
