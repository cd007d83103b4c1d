package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The {@code /contacts/search} endpoint, with pages. */
final class SearchApi {

    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 150;

    private final ContactStore store;
    private final Clock clock;
    private final ContactJson json;

    SearchApi(ContactStore store, SandboxConfig config) {
        this.store = store;
        this.clock = config.clock();
        this.json = new ContactJson(config.appId());
    }

    Answer search(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        Predicate<SandboxContact> wanted = SearchQuery.parse(body.get("query"));
        Instant now = clock.instant();
        List<SandboxContact> found = candidates(body.get("query")).stream()
                .filter(contact -> contact.isLive() && !contact.searchableFrom().isAfter(now))
                .filter(wanted)
                .toList();
        return Answer.ok(page(found, body.path("pagination")));
    }

    /** Narrows the usual query for one email address, which would otherwise walk through all contacts. */
    private List<SandboxContact> candidates(JsonNode query) {
        boolean byEmail = query.path("field").asText().equals("email");
        return byEmail ? store.byEmail(query.path("value").asText()) : store.all();
    }

    private ObjectNode page(List<SandboxContact> found, JsonNode pagination) {
        int size = pagination.path("per_page").asInt(DEFAULT_PAGE);
        if (size < 1 || size > MAX_PAGE) {
            throw ApiException.invalid("per_page", "per_page must be 1 to " + MAX_PAGE);
        }
        String after = pagination.path("starting_after").asText("");
        int from = after.isEmpty() ? 0 : found.stream().map(SandboxContact::id).toList().indexOf(after) + 1;
        int to = Math.min(found.size(), from + size);
        ObjectNode list = Json.object().put("type", "list");
        ArrayNode data = list.putArray("data");
        found.subList(from, to).forEach(contact -> data.add(json.render(contact)));
        list.put("total_count", found.size());
        ObjectNode pages = list.putObject("pages").put("type", "pages").put("page", from / size + 1)
                .put("per_page", size).put("total_pages", (found.size() + size - 1) / size);
        if (to < found.size()) {
            pages.putObject("next").put("per_page", size).put("starting_after", found.get(to - 1).id());
        }
        return list;
    }
}
