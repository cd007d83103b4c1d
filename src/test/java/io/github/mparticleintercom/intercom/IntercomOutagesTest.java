package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.ratelimit.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, where, and until when. */
class IntercomOutagesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final AtomicLong nanos = new AtomicLong(-3);
    private final IntercomOutages outages = new IntercomOutages(nanos::get);
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
        pass(1);
        outages.checked(true);
        refuse(Queued.event("{}"), 20, 413, "intercom-refused");
        assertThat(outages.refusesAll()).isNull();
        assertThatThrownBy(() -> refuse(Queued.contact("{}"), 1, 413, "intercom-refused")).as("now of both kinds")
                .isInstanceOf(IntercomUnavailable.class);
    }

    @Test
    void believesForAMinuteThatTheCredentialIsAccepted() throws Exception {
        refuse(Queued.contact("{}"), 5, 413, "intercom-refused");
        assertThatThrownBy(() -> refuse(Queued.contact("{}"), 1, 413, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        pass(1);
        outages.checked(true);
        refuse(Queued.contact("{}"), 1, 413, "intercom-refused");
        pass(MINUTE - 1);
        refuse(Queued.contact("{}"), 20, 413, "intercom-refused");
        pass(1);
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> refuse(Queued.contact("{}"), 1, 413, "intercom-refused")).as("/me was not asked since")
                    .isInstanceOf(IntercomUnavailable.class);
        }
        outages.failed("refused");
        outages.answered();
        refuse(Queued.event("{}"), 5, 413, "intercom-refused");
        assertThatThrownBy(() -> refuse(Queued.event("{}"), 1, 413, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        pass(1);
        outages.checked(true);
        refuse(Queued.event("{}"), 1, 413, "intercom-refused");
        assertThat(outages.refusesAll()).as("only events since the last good answer").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-name-quota", "unknown-attribute"})
    void believesAnswersThatSayWhatIsWrong(String reason) throws Exception {
        refuse(Queued.event("{}"), 20, 422, reason);
        refuse(Queued.event("{}"), 20, 200, "intercom-refused");
        outages.refused(Queued.event("{}"), "intercom-refused");

        assertThat(outages.refusesAll()).isNull();
    }

    private void pass(long time) {
        nanos.addAndGet(time);
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
    void asksWithGrowingWaitsWhilePaused() {
        setDelays(1000, 20_000);
        outages.pause();
        for (long wait : new long[] {1, 2, 4, 8, 16, 20, 20}) {
            pass(wait * SECOND - 1);
            assertThat(outages.questions()).as("before %s s", wait).isEmpty();
            pass(1);
            assertThat(outages.questions()).containsExactly("web", "");
        }
        for (int question = 0; question < 70; question++) {
            pass(20 * SECOND);
            assertThat(outages.questions()).as("after hours, too").isNotEmpty();
            assertThat(outages.questions()).isEmpty();
        }
    }

    @Test
    void asksLessAndLessWhereDeliveryPausesAgainAtOnce() {
        setDelays(1000, 20_000);
        outages.pause();
        pass(SECOND);
        outages.questions();
        outages.resume();
        pass(MINUTE);
        outages.pause();
        pass(SECOND);
        assertThat(outages.questions()).isEmpty();
        pass(SECOND);
        assertThat(outages.questions()).isNotEmpty();
        outages.resume();
        pass(MINUTE + 1);
        outages.pause();
        pass(SECOND);
        assertThat(outages.questions()).as("it ran for more than a minute").isNotEmpty();
    }

    @Test
    void asksSoonAfterAFailureAndAtLeastEveryTenSeconds() {
        setDelays(1000, 60_000);
        outages.failed("status 503");
        assertThat(outages.questions()).isEmpty();
        for (long wait : new long[] {1, 2, 4, 8, 10, 10}) {
            pass(wait * SECOND - 1);
            assertThat(outages.questions()).as("before %s s", wait).isEmpty();
            pass(1);
            assertThat(outages.questions()).as("after %s s", wait).isNotEmpty();
        }
        outages.answered();
        outages.failed("status 503");
        pass(SECOND);
        assertThat(outages.questions()).as("of the next failure").isNotEmpty();
        outages.checked(false);
        outages.answered();
        pass(SECOND);
        assertThat(outages.questions()).as("until the question is answered, too").isNotEmpty();
    }

    @Test
    void asksSoonOnceEverythingIsRefused() throws Exception {
        setDelays(1000, 60_000);
        outages.failed("status 413");
        pass(SECOND);
        outages.questions();
        refuse(Queued.event("{}"), 5, 400, "intercom-refused");
        assertThatThrownBy(() -> refuse(Queued.event("{}"), 1, 400, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        pass(SECOND);
        assertThat(outages.questions()).isNotEmpty();
    }

    @Test
    void takesACredentialThatIsNewInTheSettingsWhilePaused() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("mparticle-intercom.intercom.access-token", "old"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
                @Override
                public String getName() {
                    return "test";
                }

                @Override
                public String getProperty(String name) {
                    return settings.get(name);
                }
            });
            connection.setCamelContext(context);
            settings.put("mparticle-intercom.intercom.access-token", "new");
            outages.failed("status 503");
            outages.questions();
            assertThat(connection.authorization("")).isEqualTo("Bearer t");
            outages.pause();
            outages.questions();
            assertThat(connection.authorization("")).isEqualTo("Bearer new");
        }
    }

    @Test
    void tellsSinceWhenNothingIsTaken() throws Exception {
        assertThat(outages.nothingTakenSince()).isNull();
        outages.failed("status 503");
        pass(10 * SECOND);
        assertNothingTakenFor(10);
        outages.pause();
        pass(5 * SECOND);
        assertNothingTakenFor(15);
        outages.answered();
        assertNothingTakenFor(5);
        outages.resume();
        assertThat(outages.nothingTakenSince()).isNull();
        refuse(Queued.event("{}"), 5, 400, "intercom-refused");
        assertThatThrownBy(() -> refuse(Queued.event("{}"), 1, 400, "intercom-refused")).isInstanceOf(IntercomUnavailable.class);
        pass(3 * SECOND);
        assertNothingTakenFor(3);
        outages.failed("status 400");
        pass(SECOND);
        assertNothingTakenFor(4);
    }

    private void assertNothingTakenFor(long seconds) {
        assertThat(Duration.between(outages.nothingTakenSince(), Instant.now()))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).plusMillis(900));
    }

    @Test
    void forgetsAfterAnHourWhatIsForbidden() {
        outages.forbidden("contact-lookup");
        pass(60 * MINUTE);
        assertThat(outages.forbidden()).containsExactly("contact-lookup");
        pass(1);
        assertThat(outages.forbidden()).isEmpty();
    }

    @Test
    void makesRoomAgainAfterTheRetryDelay() {
        setDelays(1000, 60_000);
        outages.failed("status 500");
        outages.checked(true);
        assertThat(twice()).isFalse();
        pass(SECOND - 1);
        assertThat(twice()).isTrue();
        pass(1);
        assertThat(twice()).isFalse();
        outages.answered();
        pass(MINUTE);
        assertThat(twice()).as("nothing fails").isTrue();
        outages.failed("status 500");
        assertThat(twice()).as("/me was accepted before that").isTrue();
    }

    /** Whether a request that failed twice is tried again where it is. */
    private boolean twice() {
        QueuedRequest failing = Queued.event("{}");
        outages.begin(failing);
        outages.goOn(failing);
        return outages.goOn(failing);
    }

    @Test
    void triesNothingAgainOfAUserWhoIsToBeForgotten() {
        ErasedUsers erased = new ErasedUsers();
        erased.set(Map.of(ErasedUsers.name("c1"), new ErasedUsers.Since("d1", Long.MAX_VALUE, false)));
        outages.setErasedUsers(erased);
        Map<String, Object> variables = new HashMap<>();

        assertThat(outages.goOn(request)).isFalse();
        outages.giveUp(request, variables);
        assertThat(variables).isEqualTo(Map.of("outcome", "erased"));
        assertThat(request.failures()).isZero();
        assertThatThrownBy(() -> outages.await(request)).isInstanceOf(IntercomUnavailable.class);
    }

    private void setDelays(long first, long longest) {
        outages.setRetryDelayMillis(first);
        outages.setMaxRetryDelayMillis(longest);
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
