package io.github.mparticleintercom.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.translate.ContactTranslator;
import io.github.mparticleintercom.translate.EventTranslator;
import io.github.mparticleintercom.translate.IntercomLimits;
import io.github.mparticleintercom.translate.IntercomSeconds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the translation costs: from the bytes of a batch to the bytes of the finished requests, in one thread, beside Jackson
 * that only parses the same bytes and writes them again. Run it with {@code mvn -B test -Dtest=TranslateBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TranslateBenchmark {

    private static final JsonMapper JACKSON = new JsonMapper();

    /** How many events a batch has. */
    @Param({"1", "20"})
    public int events;

    private final MparticleBatches batches = new MparticleBatches();
    private final ContactTranslator contacts = new ContactTranslator();
    private final EventTranslator translator = new EventTranslator();
    private final IntercomLimits limits = new IntercomLimits();
    private final IntercomSeconds seconds = new IntercomSeconds();
    private final Map<String, Object> variables = new HashMap<>();
    private byte[] batch;

    /** Makes the batch. */
    @Setup
    public void prepare() {
        contacts.setStandardFields("name,phone,email,avatar,signed_up_at,last_seen_at,owner_id,unsubscribed_from_emails");
        translator.setIgnoredAttributes("mParticle Source Feed");
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < events; i++) {
            list.append(i == 0 ? "" : ",").append(event(i));
        }
        batch = """
                {"environment":"production","batch_id":-8231459912345678901,"mpid":7346244611012968789,"schema_version":2,
                "timestamp_unixtime_ms":1714550400250,"source_request_id":"7c2e0a52-8d0c-4a7f-9f4f-1f3d9e0b7a11",
                "user_identities":[{"identity_type":"customer_id","identity":"user-48151","timestamp_unixtime_ms":1714550300250,
                "created_this_batch":false},{"identity_type":"email","identity":"user-48151@example.com",
                "timestamp_unixtime_ms":1714550300250,"created_this_batch":false}],
                "user_attributes":{"$firstname":"Ana","$lastname":"Souza","$city":"Lisboa","plan":"team","seats":12,"trial":false,
                "signed_up_at":"2023-06-01T08:30:00Z"},"deleted_user_attributes":[],
                "device_info":{"platform":"iOS","brand":"iPhone15,2","os_version":"17.4","locale_language":"pt","locale_country":"PT",
                "screen_height":2556,"screen_width":1179,"ios_advertising_id":"00000000-0000-0000-0000-000000000000"},
                "application_info":{"application_name":"Shop","application_version":"4.12.0","package":"com.example.shop"},
                "consent_state":{"gdpr":{"marketing":{"consented":true,"timestamp_unixtime_ms":1714540300250}}},
                "events":[%s]}
                """.formatted(list).getBytes(StandardCharsets.UTF_8);
    }

    private static String event(int number) {
        return """
                {"event_type":"custom_event","data":{"event_id":%d,"event_num":%d,"event_name":"Event %d","custom_event_type":"other",
                "timestamp_unixtime_ms":%d,"session_id":-6543210987654321098,"session_uuid":"0b8f3e0c-97a5-4d1e-a6ff-5f2f7f9f6b3e",
                "source_message_id":"5d0cf9d1-1a3f-4bb0-8f0b-%012d","custom_attributes":{"category":"garden","position":%d,
                "price":%d.95,"search_term":"lamp with a long cable","first":true},"custom_flags":{},
                "location":{"latitude":38.72,"longitude":-9.14,"accuracy":65.0}}}
                """.formatted(number - 4_000_000_000_000_000_000L, number, number % 20, 1_714_550_390_000L + number * 1_000L, number,
                number, number);
    }

    /** The way of a batch through all steps of translation, each request written out at its end. */
    @Benchmark
    public void translated(Blackhole requests) throws IOException {
        Map<String, String> taken = new HashMap<>();
        for (RawBatch raw : batches.takeApart(batch, null, null, "a request", 1_714_550_400_999L)) {
            MparticleBatch read = batches.read(raw);
            IntercomRequest contact = limits.truncate(contacts.translate(read));
            if (!contact.saysNothing()) {
                requests.consume(contact.bytes());
            }
            for (MparticleEvent event : read.events()) {
                IntercomRequest request = limits.truncate(translator.translate(read, event, variables));
                if (variables.get("listed").equals("yes")) {
                    seconds.shift(request, (place, id) -> id.equals(taken.merge(place, id, (first, second) -> first)));
                    requests.consume(request.bytes());
                }
            }
        }
    }

    /** The measure: the same bytes parsed and written. */
    @Benchmark
    public byte[] parsedAndWritten() throws IOException {
        return JACKSON.writeValueAsBytes(JACKSON.readTree(batch));
    }

    @Test
    void microsPerBatch() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(TranslateBenchmark.class.getName() + ".*")
                .forks(1).jvmArgs("-Xmx512m").warmupIterations(5).warmupTime(TimeValue.seconds(1)).measurementIterations(5)
                .measurementTime(TimeValue.seconds(1)).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run();
        Map<String, Double> micros = new HashMap<>();
        results.forEach(result -> micros.put(result.getPrimaryResult().getLabel() + result.getParams().getParam("events"),
                result.getPrimaryResult().getScore()));
        for (String number : new String[] {"1", "20"}) {
            double translated = micros.get("translated" + number);
            double measure = micros.get("parsedAndWritten" + number);
            System.out.printf("%s event(s) a batch: translated in %.1f us, parsed and written by Jackson in %.1f us: %.0f %% of its speed%n",
                    number, translated, measure, 100 * measure / translated);
        }
    }
}
