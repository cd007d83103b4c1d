package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.bundle.Case;
import io.github.mparticleintercom.bundle.Difference;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.FarTimes;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contacts and events of each {@link Case} whose batches all go on, and what was changed about them, by the beans alone: as the
 * routes set them, without a queue and an Intercom.
 */
class TranslatedCasesTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return Case.folders().stream().map(Case::new).filter(TranslatedCasesTest::goesOn)
                .map(example -> DynamicTest.dynamicTest(example.toString(), () -> new Translation(example).check()));
    }

    private static boolean goesOn(Case example) {
        return example.receipt().at("/skipped/batches").asInt() == 0 && example.receipt().at("/dead_lettered/batches").asInt() == 0;
    }

    /** One case, and what it has become so far. */
    private static final class Translation {

        /** One for all that handle them alike, because each of them warns of old events. */
        private static final Map<String, FarTimes> FAR_TIMES = new HashMap<>();

        private final Case example;
        private final ShippedBeans beans;
        private final ContactTranslator contacts;
        private final CompanyTranslator companies;
        private final TagTranslator tags;
        private final EventTranslator events;
        private final IntercomLimits limits;
        private final IntercomSeconds seconds;
        private final Map<String, String> places = new HashMap<>();
        private final Map<String, IntercomRequest> requests = new LinkedHashMap<>();

        Translation(Case example) throws IOException {
            this.example = example;
            this.beans = new ShippedBeans(example.settings());
            this.contacts = beans.bean("intercomContacts", ContactTranslator.class);
            this.companies = beans.bean("intercomCompanies", CompanyTranslator.class);
            this.tags = beans.bean("intercomTags", TagTranslator.class);
            this.events = beans.bean("intercomEvents", EventTranslator.class);
            this.limits = beans.bean("intercomLimits", IntercomLimits.class);
            this.seconds = beans.bean("intercomSeconds", IntercomSeconds.class);
        }

        void check() throws IOException {
            MparticleBatches batches = new MparticleBatches(FAR_TIMES.computeIfAbsent(beans.setting("events.far-times"),
                    handling -> beans.bean("mparticleFarTimes", FarTimes.class)));
            for (RawBatch raw : batches.takeApart(example.batch(), null, null, "origin", System.currentTimeMillis())) {
                MparticleBatch batch = batches.read(raw);
                add(limits.truncate(contacts.translate(batch)));
                Optional.ofNullable(companies.translate(batch)).map(limits::truncate).ifPresent(this::add);
                Optional.ofNullable(tags.translate(batch)).ifPresent(this::add);
                batch.events().forEach(event -> translate(batch, event));
            }

            Difference.between(example + ", contacts and events", expected(), translated(), Difference::same);
            if (example.receipt().has("changed")) {
                assertThat(Json.MAPPER.<JsonNode>valueToTree(changes())).isEqualTo(example.receipt().get("changed"));
            }
        }

        private void translate(MparticleBatch batch, MparticleEvent event) {
            if (event.reason() != null || !Lists.names(beans.setting("events.types")).contains(event.type())) {
                return;
            }
            if (beans.setting("commerce.products").equals("each")) {
                event.products().forEach(product -> translate(batch, product));
            }
            Map<String, Object> variables = new HashMap<>();
            IntercomRequest request = events.translate(batch, event, variables);
            if (variables.get("listed").equals("yes")) {
                add(seconds.shift(limits.truncate(request),
                        (place, stableId) -> places.computeIfAbsent(place, free -> stableId).equals(stableId)));
            }
        }

        private void add(IntercomRequest request) {
            requests.putIfAbsent(request.stableId(), request);
        }

        private Map<String, Integer> changes() {
            Map<String, Integer> changes = new TreeMap<>();
            requests.values().forEach(request -> {
                for (Change change : request.changes()) {
                    changes.merge(change.reason().code(), 1, Integer::sum);
                }
            });
            return changes;
        }

        private ArrayNode translated() {
            return once(requests.values().stream().filter(request -> request.operation() == Operation.CONTACT
                    || request.operation() == Operation.EVENT).map(request -> sent(request.operation().path(), request.body())));
        }

        private ArrayNode expected() {
            return once(example.requests().valueStream().filter(request -> request.path("body").has("role")
                    || request.path("path").asText().equals("/events")).map(request -> sent(request.path("body").has("role")
                    ? Operation.CONTACT.path() : Operation.EVENT.path(), (ObjectNode) request.get("body"))));
        }

        private static ObjectNode sent(String path, ObjectNode body) {
            return Json.object().put("path", path).set("body", body);
        }

        /** Delivery sends some things twice and leaves out others, and so it does with contacts that say only who they are. */
        private static ArrayNode once(Stream<ObjectNode> requests) {
            Set<JsonNode> once = new LinkedHashSet<>();
            requests.filter(request -> !request.get("body").has("role") || request.get("body").size() > 2).forEach(once::add);
            return Json.MAPPER.createArrayNode().addAll(new ArrayList<>(once));
        }
    }
}
