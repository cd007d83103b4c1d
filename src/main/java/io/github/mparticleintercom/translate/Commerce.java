package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * Commerce events: called by their action, with the money first, then the order, the custom attributes and the rest, so
 * that the limit drops what matters least.
 */
final class Commerce {

    private static final List<String> REST = List.of("coupon_code", "affiliation", "checkout_step", "checkout_options",
            "product_action_list", "product_list_source");

    private Commerce() {
    }

    /** Fills the metadata and returns the event's name. */
    static String translate(ObjectNode data, Metadata metadata) {
        if (data.get("product_action") instanceof ObjectNode action) {
            money(action.get("total_amount"), data.get("currency_code"), metadata);
            metadata.add("transaction_id", action.get("transaction_id"));
            names(metadata, "products", addNames(action.path("products"), null));
            metadata.addCustom(data);
            for (String field : REST) {
                metadata.add(field, action.get(field));
            }
            String name = Json.text(action.get("action"));
            return name == null ? "commerce_event" : name.equals("remove_from_wish_list") ? "remove_from_wishlist" : name;
        }
        if (data.get("promotion_action") instanceof ObjectNode action) {
            names(metadata, "promotions", addNames(action.path("promotions"), null));
            metadata.addCustom(data);
            String name = Json.text(action.get("action"));
            return "promotion_" + (name == null ? "view" : name);
        }
        ArrayNode products = null;
        String list = null;
        for (JsonNode impression : data.path("product_impressions")) {
            products = addNames(impression.path("products"), products);
            list = list == null ? Json.text(impression.get("product_impression_list")) : list;
        }
        names(metadata, "products", products);
        if (list != null) {
            metadata.add("product_impression_list", list);
        }
        metadata.addCustom(data);
        return "impression";
    }

    /**
     * A price in Intercom's monetary form: a positive whole number of the currency's smallest unit. What has no currency
     * or is not positive is sent as it is, under mParticle's name.
     */
    private static void money(JsonNode amount, JsonNode currencyCode, Metadata metadata) {
        String text = Json.text(amount);
        if (text == null) {
            return;
        }
        String currency = Json.text(currencyCode);
        Long minor = minorUnits(text, currency);
        if (minor == null) {
            metadata.add("total_amount", amount);
        } else {
            metadata.addWhole("price", Json.object().put("amount", minor).put("currency", currency.toLowerCase(Locale.ROOT)));
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

    private static ArrayNode addNames(JsonNode items, ArrayNode list) {
        ArrayNode names = list;
        for (JsonNode item : items) {
            String name = Json.text(item.get("name"));
            String shown = name == null ? Json.text(item.get("id")) : name;
            if (shown != null) {
                names = names == null ? Json.MAPPER.createArrayNode() : names;
                names.add(shown);
            }
        }
        return names;
    }

    private static void names(Metadata metadata, String field, ArrayNode names) {
        if (names != null) {
            metadata.addWhole(field, names);
        }
    }
}
