package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.ratelimit.IntercomRateLimit;
import io.github.mparticleintercom.ratelimit.Permit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which word each answer is read into. */
class IntercomAnswersTest {

    private static final String ERROR = "{\"type\":\"error.list\",\"request_id\":\"r1\",\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}";

    private final IntercomAnswers answers = new IntercomAnswers();
    private final IntercomOutages outages = new IntercomOutages();
    private final IntercomConnection connection = new IntercomConnection();
    private final IntercomRateLimit rateLimit = new IntercomRateLimit(10_000);
    private final Metrics metrics = new Metrics();
    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> variables = new HashMap<>();
    private final QueuedRequest request = Queued.event("{}");

    @BeforeEach
    void connect() {
        connection.setAccessToken("secret");
        metrics.setCamelContext(new DefaultCamelContext());
        answers.setConnection(connection);
        answers.setOutages(outages);
        answers.setRateLimit(rateLimit);
        answers.setMetrics(metrics);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            EVENT             | 202 | ^^                                              | done        | ^^
            EVENT             | 202 | null                                            | done        | ^^
            EVENT             | 202 | ^ \n ^                                          | done        | ^^
            EVENT             | 202 | {}                                              | unavailable | ^^
            EVENT             | 202 | \u00a0                                          | unavailable | ^^
            EVENT             | 202 | OK                                              | unavailable | ^^
            EVENT             | 200 | ^^                                              | unavailable | ^^
            EVENT             | 204 | ^^                                              | unavailable | ^^
            EVENT             | 301 | ^^                                              | unavailable | ^^
            CONTACT_CREATE    | 200 | {"type":"contact","id":"k1"}                    | done        | k1
            CONTACT_CREATE    | 200 | {"id":"k1"}                                     | done        | k1
            CONTACT_CREATE    | 202 | ^^                                              | unavailable | ^^
            CONTACT_CREATE    | 201 | {"type":"contact","id":"k1"}                    | unavailable | ^^
            CONTACT_CREATE    | 200 | {"type":"company","id":"k1"}                    | unavailable | ^^
            CONTACT_CREATE    | 200 | {"type":"contact","id":""}                      | unavailable | ^^
            CONTACT_CREATE    | 200 | {"type":"contact","id":"k1","errors":[]}        | unavailable | ^^
            CONTACT_CREATE    | 200 | <html>                                          | unavailable | ^^
            CONTACT_UPDATE    | 200 | {"type":"contact","id":"k1"}                    | done        | k1
            CONTACT_LOOKUP    | 200 | {"type":"contact","id":"k1"}                    | done        | k1
            CONTACT_UNARCHIVE | 200 | {"type":"contact","id":"k1"}                    | done        | k1
            ATTRIBUTE_CREATE  | 200 | {"name":"plan","id":"7"}                        | done        | ^^
            ATTRIBUTE_CREATE  | 200 | {"id":"7"}                                      | unavailable | ^^
            CHECK             | 200 | {"type":"admin","id":"7"}                       | done        | ^^
            CHECK             | 200 | {}                                              | unavailable | ^^
            CHECK             | 200 | []                                              | unavailable | ^^
            CHECK             | 200 | {"errors":[]}                                   | unavailable | ^^
            CHECK             | 202 | {"type":"admin"}                                | unavailable | ^^
            CONTACT_DELETE    | 200 | {"id":"k1","deleted":true}                      | done        | k1
            CONTACT_DELETE    | 202 | {"id":"k1","deleted":true}                      | unavailable | ^^
            CONTACT_DELETE    | 200 | {"id":"k1","deleted":false}                     | unavailable | ^^
            CONTACT_DELETE    | 200 | {"deleted":true,"errors":[]}                    | unavailable | ^^
            CONTACT_ARCHIVE   | 200 | {"id":"k1","archived":true}                     | done        | k1
            CONTACT_ARCHIVE   | 202 | {"id":"k1","archived":true}                     | unavailable | ^^
            CONTACT_ARCHIVE   | 200 | {"id":"k1","archived":false}                    | unavailable | ^^
            CONTACT_ARCHIVE   | 200 | {"archived":true,"errors":[]}                   | unavailable | ^^
            ERASED_SEARCH     | 200 | {"data":[{"id":"k1"}]}                          | done        | ^^
            ERASED_SEARCH     | 202 | {"data":[]}                                     | unavailable | ^^
            TAG_LIST          | 200 | {"data":{}}                                     | unavailable | ^^
            COMPANY_LIST      | 200 | {"companies":[]}                                | done        | ^^
            COMPANY_LIST      | 200 | {"data":[]}                                     | done        | ^^
            COMPANY_LIST      | 202 | {"data":[]}                                     | unavailable | ^^
            COMPANY_LIST      | 200 | {}                                              | unavailable | ^^
            COMPANY           | 200 | {"type":"company","id":"i7"}                    | done        | ^^
            COMPANY_ATTACH    | 200 | {"type":"company","id":"i7"}                    | done        | ^^
            COMPANY_DETACH    | 200 | {"type":"contact","id":"i7"}                    | unavailable | ^^
            TAG_ADD           | 200 | {"type":"tag","id":"t1"}                        | done        | ^^
            TAG_REMOVE        | 200 | {"type":"contact","id":"t1"}                    | unavailable | ^^
            EVENT             | 404 | not in Intercom's form                          | unavailable | ^^
            EVENT             | 400 | {"errors":{}}                                   | unavailable | ^^
            EVENT             | 429 | ^^                                              | throttled   | ^^
            """)
    void readsWhatIsIntercomsAndWhatIsNot(String call, int status, String body, String word, String contactId) throws Exception {
        read(Call.valueOf(call), status, body);

        assertThat(variables.get("answer")).isEqualTo(word);
        assertThat(variables.get("contactId")).isEqualTo(contactId.isEmpty() ? null : contactId);
        assertThat(request.answer().word()).isEqualTo(word);
        assertThat(request.answer().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            EVENT             | 400 | parameter_invalid | no                                                | refused           | ^^
            EVENT             | 400 | parameter_invalid | Event name limit reached                          | name-quota        | ^^
            EVENT             | 422 | parameter_invalid | too many event names                              | name-quota        | ^^
            EVENT             | 413 | client_error      | too many event names                              | refused           | ^^
            CONTACT_CREATE    | 400 | parameter_invalid | Custom attribute 'plan' does not exist            | unknown-attribute | ^^
            CONTACT_CREATE    | 422 | parameter_invalid | custom attribute 'plan' does not exist            | unknown-attribute | ^^
            CONTACT_CREATE    | 409 | conflict          | already exists with id=k1.                        | conflict          | k1
            CONTACT_CREATE    | 400 | conflict          | already exists with id=k1                         | conflict          | k1
            CONTACT_CREATE    | 400 | other             | already exists with id=k1                         | refused           | ^^
            CONTACT_CREATE    | 409 | conflict          | multiple contacts                                 | ambiguous         | ^^
            CONTACT_UPDATE    | 409 | conflict          | already exists with id=k1                         | conflict          | k1
            CONTACT_READ      | 409 | conflict          | already exists with id=k1                         | ambiguous         | ^^
            CONTACT_READ      | 403 | forbidden         | no                                                | refused           | ^^
            CONTACT_CREATE    | 409 | conflict          | An ARCHIVED contact exists with id=k1             | archived          | k1
            CONTACT_CREATE    | 409 | conflict          | An archived contact exists                        | archived          | ^^
            EVENT             | 401 | unauthorized      | no                                                | credential        | ^^
            EVENT             | 403 | forbidden         | no                                                | credential        | ^^
            CONTACT_UPDATE    | 403 | forbidden         | no                                                | credential        | ^^
            ATTRIBUTE_CREATE  | 403 | forbidden         | no                                                | refused           | ^^
            CONTACT_LOOKUP    | 403 | forbidden         | no                                                | refused           | ^^
            CONTACT_UNARCHIVE | 403 | forbidden         | no                                                | refused           | ^^
            EVENT             | 404 | not_found         | no                                                | missing           | ^^
            CONTACT_UPDATE    | 404 | not_found         | no                                                | missing           | ^^
            CONTACT_CREATE    | 404 | not_found         | no                                                | unavailable       | ^^
            ATTRIBUTE_CREATE  | 404 | not_found         | no                                                | refused           | ^^
            CONTACT_UPDATE    | 410 | gone              | no                                                | refused           | ^^
            CONTACT_SEARCH    | 404 | not_found         | no                                                | refused           | ^^
            TAG_REMOVE        | 404 | not_found         | no                                                | missing           | ^^
            COMPANY_ATTACH    | 402 | plan              | no                                                | refused           | ^^
            EVENT             | 402 | plan              | no                                                | unavailable       | ^^
            EVENT             | 407 | proxy             | no                                                | unavailable       | ^^
            EVENT             | 408 | timeout           | no                                                | unavailable       | ^^
            EVENT             | 500 | server_error      | no                                                | unavailable       | ^^
            EVENT             | 599 | server_error      | no                                                | unavailable       | ^^
            EVENT             | 418 | teapot            | no                                                | refused           | ^^
            """)
    void readsErrorsInIntercomsForm(String call, int status, String code, String message, String word, String contactId)
            throws Exception {
        read(Call.valueOf(call), status, ERROR.formatted(code, message));

        assertThat(variables.get("answer")).isEqualTo(word);
        assertThat(variables.get("contactId")).isEqualTo(contactId.isEmpty() ? null : contactId);
        assertThat(request.answer().code()).isEqualTo(code);
        assertThat(request.answer().message()).isEqualTo(message);
        assertThat(request.answer().requestId()).isEqualTo("r1");
        assertThat(request.answer().attribute()).isEqualTo(word.equals("unknown-attribute") ? "plan" : null);
        assertThat(request.answer().body()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "-", textBlock = """
            {"external_id":"c1","email":"a"} | [{"id":"k1","role":"user","external_id":"c1"}]   | found     | k1 | -
            {"external_id":"c1","email":"a"} | [{"id":"k2","role":"user","external_id":"c2"}]   | missing   | -  | -
            {"external_id":"c1","email":"a"} | [{"id":"k9","role":"lead"}]                      | missing   | -  | k9
            {"email":"a","role":"lead"}      | []                                               | missing   | -  | -
            {"email":"a","role":"lead"}      | [{"id":"k1","role":"user"}]                      | found     | k1 | -
            {"email":"a","role":"lead"}      | [{"id":"k1","role":"user"},{"id":"k2","role":"user"}] | ambiguous | - | -
            {"email":"a","role":"lead"}      | [{"id":"k9","role":"lead"},{"id":"k1","role":"user"}] | found | k1 | -
            {"email":"a","role":"lead"}      | [{"id":"k8","role":"lead","created_at":8},{"id":"k7","role":"lead","created_at":7},{"id":"k9","role":"lead","created_at":9}] | found | k7 | -
            {"email":"a","role":"lead"}      | [{"id":"k7","role":"lead","created_at":7},{"id":"k8","role":"lead","created_at":7}] | found | k7 | -
            """)
    void findsWhomASearchIsFor(String contact, String found, String word, String contactId, String leadId) throws Exception {
        request.send((ObjectNode) Json.MAPPER.readTree(contact));
        request.calling(Call.CONTACT_SEARCH);
        answer(200, "{\"data\":" + found + "}");

        assertThat(variables.get("answer")).isEqualTo(word);
        assertThat(variables.get("contactId")).isEqualTo(contactId);
        assertThat(variables.get("leadId")).isEqualTo(leadId);
        assertThat(request.isLead()).isEqualTo("k7".equals(contactId));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            contact | {"external_id":"c1","email":"a"} | CONTACT_READ   | 200 | {"id":"k1","external_id":"c2"} | another
            contact | {"external_id":"c1"}             | CONTACT_READ   | 200 | {"id":"k1","external_id":"c2"} | ambiguous
            contact | {"external_id":"c1","email":"a"} | CONTACT_READ   | 200 | {"id":"k1","external_id":"c1"} | done
            contact | {"external_id":"c1","email":"a"} | CONTACT_READ   | 200 | {"id":"k1"}                    | done
            contact | {"external_id":"c1","email":"a"} | CONTACT_READ   | 404 | {"external_id":"c2","errors":[]} | missing
            event   | {"user_id":"c1","email":"a"}     | CONTACT_READ   | 200 | {"id":"k1","external_id":"c2"} | another
            erasure | {"external_id":"c1","email":"a"} | CONTACT_READ   | 200 | {"id":"k1","external_id":"c2"} | done
            contact | {"external_id":"c1","email":"a"} | CONTACT_LOOKUP | 404 | {"errors":[]}                  | another
            contact | {"external_id":"c1"}             | CONTACT_LOOKUP | 404 | {"errors":[]}                  | missing
            event   | {"external_id":"c1","email":"a"} | CONTACT_LOOKUP | 404 | {"errors":[]}                  | missing
            contact | {"external_id":"c1","email":"a"} | CONTACT_LOOKUP | 200 | {"id":"k1"}                    | done
            """)
    void tellsAnothersContactFromTheUsersOwn(String operation, String body, Call call, int status, String answer, String word) throws Exception {
        QueuedRequest own = Queued.request(operation, body);
        own.calling(call);
        own.permit(new Permit(0, 0, 0));
        answers.read(status, new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), headers, own, variables);

        assertThat(variables.get("answer")).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONTACT_UPDATE | k1 | ambiguous
            CONTACT_UPDATE | k2 | conflict
            CONTACT_CREATE | k1 | conflict
            """)
    void isInNoConflictWithItself(Call call, String known, String word) throws Exception {
        variables.put("contactId", known);
        read(call, 409, ERROR.formatted("conflict", "already exists with id=k1"));

        assertThat(variables).containsEntry("answer", word);
    }

    @Test
    void measuresHowLongACallTook() throws Exception {
        read(Call.EVENT, 202, "");

        assertThat(metrics.timers("call")).singleElement().satisfies(timer -> {
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.totalTime(TimeUnit.MINUTES)).isBetween(0.0, 1.0);
        });
    }

    @Test
    void followsALinkToTheContactThatItWasMergedInto() throws Exception {
        headers.put("Link", List.of("</contacts/k9>; rel=\"alternate\"", "</other>"));
        read(Call.CONTACT_UPDATE, 410, ERROR.formatted("gone", "no"));

        assertThat(variables).containsEntry("answer", "merged").containsEntry("contactId", "k9");
    }

    @Test
    void forgetsAContactThatIsArchivedUnderAnIdThatNobodyKnows() throws Exception {
        variables.put("contactId", "k1");
        read(Call.CONTACT_CREATE, 409, ERROR.formatted("conflict", "archived"));

        assertThat(variables).doesNotContainKey("contactId");
    }

    @Test
    void leavesAContactAloneThatTheAnswerDoesNotName() throws Exception {
        variables.put("contactId", "k1");
        read(Call.EVENT, 400, ERROR.formatted("x", "y"));

        assertThat(variables).containsEntry("contactId", "k1");
    }

    @Test
    void takesTheRequestIdOfTheHeaderWhereTheBodyHasNone() throws Exception {
        headers.put("X-Request-Id", "h1");
        read(Call.EVENT, 202, "");
        assertThat(request.answer().requestId()).isEqualTo("h1");

        headers.put("X-Request-Id", List.of());
        read(Call.EVENT, 500, "x");
        assertThat(request.answer().requestId()).isEmpty();
    }

    @Test
    void keepsTheBodyOfACheckAndNoCredential() throws Exception {
        read(Call.CHECK, 200, "{\"type\":\"admin\"}");
        assertThat(request.answer().body().path("type").asText()).isEqualTo("admin");

        read(Call.EVENT, 400, ERROR.formatted("x", "the token secret is no good"));
        assertThat(request.answer().message()).isEqualTo("the token *** is no good");
        assertThat(request.answer()).hasToString("IntercomAnswer[refused, status 400, request id r1]");
    }

    @ParameterizedTest
    @CsvSource({"EVENT, 202, '', 1", "CONTACT_CREATE, 200, '{\"id\":\"k1\"}', 1", "CONTACT_UPDATE, 200, '{\"id\":\"k1\"}', 1",
        "CONTACT_LOOKUP, 200, '{\"id\":\"k1\"}', 0", "CHECK, 200, '{\"id\":\"k1\"}', 0", "EVENT, 500, '', 0"})
    void countsWhatGoesThrough(String call, int status, String body, int counted) throws Exception {
        read(Call.valueOf(call), status, body);

        assertThat(outages.answers()).isEqualTo(counted);
    }

    @Test
    void remembersWhatIsForbiddenUntilItIsAllowed() throws Exception {
        read(Call.CONTACT_LOOKUP, 403, ERROR.formatted("forbidden", "no"));
        assertThat(outages.forbidden()).containsExactly("contact-lookup");
        read(Call.EVENT, 401, ERROR.formatted("unauthorized", "no"));
        read(Call.CONTACT_UNARCHIVE, 200, "{\"id\":\"k1\"}");
        assertThat(outages.forbidden()).containsExactly("contact-lookup");
        read(Call.CONTACT_LOOKUP, 200, "{\"id\":\"k1\"}");
        assertThat(outages.forbidden()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "-", textBlock = """
            EVENT | 200 | <html>      | text/html; charset=x | status 200, text/html
            EVENT | 404 | gone        | -                    | status 404, no content type
            EVENT | 402 | {"errors":[]} | application/json   | status 402, application/json
            EVENT | 500 | {"errors":[]} | application/json   | -
            EVENT | 408 | {"errors":[]} | application/json   | -
            EVENT | 500 | oops        | text/plain           | status 500, text/plain
            CHECK | 200 | <html>      | text/html            | status 200, text/html
            """)
    void tellsWhatWasMetInIntercomsPlace(String call, int status, String body, String type, String met) throws Exception {
        if (type != null) {
            headers.put("Content-Type", type);
        }
        read(Call.valueOf(call), status, body);

        assertThat(outages.unexpected()).isEqualTo(met);
    }

    @Test
    void learnsTheAllowanceFromEveryAnswer() throws Exception {
        long reset = System.currentTimeMillis() / 1000 + 5;
        headers.putAll(Map.of("X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "40", "X-RateLimit-Reset", String.valueOf(reset)));
        read(Call.EVENT, 202, "");

        assertThat(rateLimit.usage().allowed()).isEqualTo(100);
        assertThat(rateLimit.usage().used()).isEqualTo(60);
    }

    @Test
    void readsNoMoreThanIntercomEverAnswers() throws Exception {
        byte[] endless = " ".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);
        boolean[] closed = {false};
        InputStream body = new ByteArrayInputStream(endless) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        request.calling(Call.EVENT);
        request.permit(new Permit(0, 0, 0));
        answers.read(202, body, headers, request, variables);

        assertThat(body.available()).isBetween(1, 2 << 20);
        assertThat(closed[0]).isTrue();
        assertThat(variables).containsEntry("answer", "done");
    }

    @Test
    void readsAnAnswerWithoutABody() throws Exception {
        request.calling(Call.EVENT);
        request.permit(new Permit(0, 0, 0));
        answers.read(202, null, headers, request, variables);

        assertThat(variables).containsEntry("answer", "done");
        assertThat(metrics.counters("none")).isEmpty();
    }

    private void read(Call call, int status, String body) throws IOException, IntercomUnavailable {
        request.begin();
        request.calling(call);
        answer(status, body);
    }

    private void answer(int status, String body) throws IOException {
        request.permit(new Permit(0, System.nanoTime(), 0));
        answers.read(status, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), headers, request, variables);
    }
}
