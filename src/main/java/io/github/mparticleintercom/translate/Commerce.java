package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Commerce events: called by their action, with the money first, then the order, the custom attributes and the rest, so
 * that the limit cuts what matters least.
 */
final class Commerce {

    private static final Set<String> ORDER = Set.of("transaction_id");

    private Commerce() {
    }

    /** Fills the metadata and returns the event's name. */
    static String translate(ObjectNode data, ObjectNode metadata, List<Change> changes) {
        if (data.path("product_action") instanceof ObjectNode action) {
            money(action.get("total_amount"), data.get("currency_code"), metadata);
            copy(action, metadata, ORDER);
            products(action.path("products"), metadata);
            addCustom(data, metadata, changes);
            copy(action, metadata, new LinkedHashSet<>(List.of("coupon_code", "affiliation",
                    "checkout_step", "checkout_options", "product_action_list", "product_list_source")));
            String name = Json.text(action.get("action"));
            return name == null ? "commerce_event" : name.equals("remove_from_wish_list") ? "remove_from_wishlist" : name;
        }
        if (data.path("promotion_action") instanceof ObjectNode action) {
            names(action.path("promotions"), "promotions", metadata);
            addCustom(data, metadata, changes);
            String name = Json.text(action.get("action"));
            return "promotion_" + (name == null ? "view" : name);
        }
        data.path("product_impressions").forEach(impression -> {
            products(impression.path("products"), metadata);
            if (!metadata.has("product_impression_list") && Json.text(impression.get("product_impression_list")) != null) {
                metadata.put("product_impression_list", Json.text(impression.get("product_impression_list")));
            }
        });
        addCustom(data, metadata, changes);
        return "impression";
    }

    /** The event's own attributes, where no other holds the name. */
    static void addCustom(ObjectNode data, ObjectNode metadata, List<Change> changes) {
        if (data.get("custom_attributes") instanceof ObjectNode custom) {
            custom.properties().forEach(attribute -> {
                if (metadata.has(attribute.getKey())) {
                    changes.add(new Change(Reason.NAME_COLLISION, "metadata." + attribute.getKey()));
                } else {
                    metadata.set(attribute.getKey(), attribute.getValue());
                }
            });
        }
    }

    /**
     * A price in Intercom's monetary form: a positive whole number of the currency's smallest unit. What has no currency
     * or is not positive is sent as it is, under mParticle's name.
     */
    private static void money(JsonNode amount, JsonNode currencyCode, ObjectNode metadata) {
        String text = Json.text(amount);
        if (text == null) {
            return;
        }
        Long minor = minorUnits(text, Json.text(currencyCode));
        if (minor == null) {
            metadata.set("total_amount", amount);
        } else {
            metadata.putObject("price").put("amount", minor)
                    .put("currency", Json.text(currencyCode).toLowerCase(Locale.ROOT));
        }
    }

    static Long minorUnits(String amount, String currencyCode) {
        if (currencyCode == null) {
            return null;
        }
        try {
            int digits = Currency.getInstance(currencyCode.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
            BigDecimal value = new BigDecimal(amount);
            if ((long) value.precision() - value.scale() > 15 || value.scale() > 100) {
                return null;
            }
            long minor = value.movePointRight(Math.max(digits, 0)).setScale(0, RoundingMode.HALF_UP).longValueExact();
            return minor > 0 ? minor : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void copy(ObjectNode from, ObjectNode metadata, Set<String> names) {
        for (String name : names) {
            if (Json.text(from.get(name)) != null && !metadata.has(name)) {
                metadata.set(name, from.get(name));
            }
        }
    }

    private static void products(JsonNode products, ObjectNode metadata) {
        names(products, "products", metadata);
    }

    private static void names(JsonNode items, String field, ObjectNode metadata) {
        var list = metadata.get(field) instanceof com.fasterxml.jackson.databind.node.ArrayNode array
                ? array : Json.MAPPER.createArrayNode();
        items.forEach(item -> {
            String name = Json.text(item.get("name"));
            String shown = name == null ? Json.text(item.get("id")) : name;
            if (shown != null) {
                list.add(shown);
            }
        });
        if (!list.isEmpty()) {
            metadata.set(field, list);
        }
    }
}
