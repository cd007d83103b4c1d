package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.ratelimit.StopSignal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, where, and until when. */
class IntercomOutagesTest {

    private final IntercomOutages outages = new IntercomOutages();
    private final IntercomConnection connection = new IntercomConnection();
    private final QueuedRequest request = Queued.event("{}");

    @BeforeEach
    void connect() {
        connection.setAccessToken("t");
        connection.setWebApiKey("w");
        outages.setConnection(connection);
        outages.setRetryDelayMillis(0);
        outages.setMaxRetryDelayMillis(0);
        outages.setMaxAttempts(4);
        outages.setLeaveAfter(2);
        outages.begin(request);
    }

    @Test
    void triesWithoutEndWhereNothingGoesThrough() {
        for (int attempt = 0; attempt < 50; attempt++) {
            outages.failed("status 503");
            assertThat(outages.goOn(request)).isTrue();
        }
        assertThat(request.failures()).isEqualTo(50);
        assertThat(request.failuresAlone()).isZero();
    }

    @Test
    void leavesTheWayToOthersThatGoThrough() {
        Map<String, Object> variables = new HashMap<>();
        outages.answered();
        assertThat(outages.goOn(request)).isTrue();
        assertThat(outages.goOn(request)).as("nobody went through since").isTrue();
        outages.answered();
        assertThat(outages.goOn(request)).isFalse();
        outages.giveUp(request, variables);

        assertThat(variables).isEqualTo(Map.of("outcome", "deferred"));
        assertThat(request.leaves()).isTrue();
        assertThat(outages.answers()).isEqualTo(2);
    }

    @Test
    void isGivenUpAfterSoManyFailuresAlone() throws Exception {
        Map<String, Object> variables = new HashMap<>();
        Map<String, Object> headers = new HashMap<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            outages.answered();
            outages.goOn(request);
        }
        String text = new RequestMessages().defer(request, headers);
        QueuedRequest retry = RequestMessages.read(text, headers);
        outages.begin(retry);
        outages.answered();
        assertThat(outages.goOn(retry)).isTrue();
        outages.answered();
        assertThat(outages.goOn(retry)).isFalse();
        outages.giveUp(retry, variables);

        assertThat(variables).isEqualTo(Map.of("reason", "intercom-unavailable"));
    }

    @Test
    void makesRoomNowAndThenWhereTheCredentialIsAccepted() {
        outages.setRetryDelayMillis(60_000);
        outages.failed("status 500");
        assertThat(outages.goOn(request)).isTrue();
        assertThat(outages.goOn(request)).as("/me was not asked").isTrue();
        outages.checked(true);
        assertThat(outages.goOn(request)).isFalse();
        QueuedRequest other = Queued.event("{}");
        outages.begin(other);
        assertThat(outages.goOn(other)).isTrue();
        assertThat(outages.goOn(other)).as("one at a time").isTrue();
    }

    @Test
    void holdsWhatIsRefusedOneAfterTheOther() throws Exception {
        refuse(Queued.event("{}"), 5, 422, "intercom-refused");
        assertThat(outages.refusesAll()).isNull();
        assertThatThrownBy(() -> refuse(Queued.contact("{}"), 1, 422, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        assertThat(outages.refusesAll()).isEqualTo("status 422 code");
        outages.failed("refused");
        outages.answered();
        assertThat(outages.refusesAll()).isNull();
        refuse(Queued.event("{}"), 5, 422, "intercom-refused");
    }

    @Test
    void deadLettersOneKindWhereTheCredentialIsAccepted() throws Exception {
        refuse(Queued.event("{}"), 5, 413, "intercom-refused");
        assertThatThrownBy(() -> refuse(Queued.event("{}"), 1, 413, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        outages.checked(true);
        refuse(Queued.event("{}"), 20, 413, "intercom-refused");
        assertThat(outages.refusesAll()).isNull();
        assertThatThrownBy(() -> refuse(Queued.contact("{}"), 1, 413, "intercom-refused")).as("now of both kinds")
                .isInstanceOf(IntercomUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-name-quota", "unknown-attribute"})
    void believesAnswersThatSayWhatIsWrong(String reason) throws Exception {
        refuse(Queued.event("{}"), 20, 422, reason);
        refuse(Queued.event("{}"), 20, 200, "intercom-refused");
        outages.refused(Queued.event("{}"), "intercom-refused");

        assertThat(outages.refusesAll()).isNull();
    }

    private void refuse(QueuedRequest refused, int times, int status, String reason) throws Exception {
        for (int time = 0; time < times; time++) {
            refused.answered(new IntercomAnswer("refused", status, "code", "", "", null, null));
            outages.refused(refused, reason);
        }
    }

    @Test
    void asksWhileThereIsAReasonTo() {
        assertThat(outages.questions()).isEmpty();
        outages.failed("status 503");
        assertThat(outages.questions()).containsExactly("web", "");
        outages.answered();
        assertThat(outages.questions()).isEmpty();
        outages.checked(false);
        assertThat(outages.questions()).hasSize(2);
        outages.checked(true);
        assertThat(outages.questions()).isEmpty();
        outages.pause();
        outages.pause();
        assertThat(outages.questions()).hasSize(2);
        outages.resume();
        assertThat(outages.questions()).isEmpty();
    }

    @Test
    void asksWithGrowingWaits() {
        outages.setRetryDelayMillis(60_000);
        outages.setMaxRetryDelayMillis(600_000);
        outages.pause();
        assertThat(outages.questions()).isEmpty();
        outages.setRetryDelayMillis(1);
        outages.setMaxRetryDelayMillis(1);
        outages.resume();
        outages.pause();
        await().untilAsserted(() -> assertThat(outages.questions()).hasSize(2));
        outages.setMaxRetryDelayMillis(600_000);
        outages.setRetryDelayMillis(300_000);
        await().untilAsserted(() -> assertThat(outages.questions()).hasSize(2));
        assertThat(outages.questions()).as("not before five minutes").isEmpty();
    }

    @Test
    void tellsWhatIsMetInIntercomsPlace() {
        outages.unexpected(true, 200, "text/html; charset=x");
        assertThat(outages.unexpected()).isEqualTo("status 200, text/html");
        outages.unexpected(false, 404, null);
        assertThat(outages.unexpected()).isEqualTo("status 404, no content type");
        outages.answered();
        assertThat(outages.unexpected()).isEqualTo("status 200, text/html");
        outages.checked(false);
        assertThat(outages.unexpected()).isEqualTo("status 200, text/html");
        outages.checked(true);
        assertThat(outages.unexpected()).isNull();
    }

    @Test
    void keepsWhatIsForbiddenInOrder() {
        outages.forbidden("contact-unarchive");
        outages.forbidden("attribute-create");
        outages.allowed("nothing");
        assertThat(outages.forbidden()).isEqualTo(Set.of("attribute-create", "contact-unarchive"));
        outages.allowed("attribute-create");
        assertThat(outages.forbidden()).containsExactly("contact-unarchive");
    }

    @Test
    void waitsForNothingOnceTheContextStops() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        StopSignal stop = new StopSignal();
        stop.setCamelContext(context);
        outages.setStop(stop);
        context.start();
        outages.await(request);
        outages.setRetryDelayMillis(600_000);
        outages.setMaxRetryDelayMillis(600_000);
        context.stop();

        request.failed();
        assertThatThrownBy(() -> outages.await(request)).isInstanceOf(RejectedExecutionException.class);
        for (int attempt = 0; attempt < 10; attempt++) {
            outages.answered();
            assertThat(outages.goOn(request)).as("what we broke off says nothing").isTrue();
        }
        assertThat(request.failures()).isEqualTo(1);
    }
}
