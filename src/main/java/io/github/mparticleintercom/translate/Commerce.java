package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.MparticleEvent;
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

    private static final String ACTION = "product_action";
    private static final List<String> MONEY = List.of("tax_amount", "shipping_amount");
    private static final List<String> REST = List.of("affiliation", "checkout_step", "checkout_options", "product_action_list",
            "product_list_source");
    private static final List<String> PRODUCT_REST = List.of("category", "brand", "variant", "coupon_code", "position");

    private Commerce() {
    }

    /** The action by which an event is called. */
    static String action(ObjectNode data) {
        if (data.get(ACTION) instanceof ObjectNode action) {
            String name = Json.text(action.get("action"));
            return name == null ? "commerce_event" : name.equals("remove_from_wish_list") ? "remove_from_wishlist" : name;
        }
        if (data.get("promotion_action") instanceof ObjectNode action) {
            String name = Json.text(action.get("action"));
            return "promotion_" + (name == null ? "view" : name);
        }
        return "impression";
    }

    /** Fills in what an event says, or what it says about the one product that it is about. */
    static void fill(MparticleEvent event, Metadata metadata) {
        ObjectNode data = event.data();
        if (event.product() != null) {
            product(data, event.product(), metadata);
        } else if (data.get(ACTION) instanceof ObjectNode action) {
            JsonNode currency = data.get("currency_code");
            money("price", "total_amount", action.get("total_amount"), currency, metadata);
            metadata.add("transaction_id", action.get("transaction_id"));
            names(metadata, "products", addNames(action.path("products"), null));
            metadata.addCustom(data);
            metadata.add("coupon_code", action.get("coupon_code"));
            MONEY.forEach(field -> money(field, field, action.get(field), currency, metadata));
            REST.forEach(field -> metadata.add(field, action.get(field)));
        } else if (data.get("promotion_action") instanceof ObjectNode action) {
            names(metadata, "promotions", addNames(action.path("promotions"), null));
            metadata.addCustom(data);
        } else {
            ArrayNode products = null;
            JsonNode list = null;
            for (JsonNode impression : data.path("product_impressions")) {
                products = addNames(impression.path("products"), products);
                list = Json.text(list) == null ? impression.get("product_impression_list") : list;
            }
            names(metadata, "products", products);
            metadata.add("product_impression_list", list);
            metadata.addCustom(data);
        }
    }

    private static void product(ObjectNode data, ObjectNode product, Metadata metadata) {
        JsonNode currency = data.get("currency_code");
        metadata.add("id", product.get("id"));
        metadata.add("name", product.get("name"));
        metadata.add("quantity", product.get("quantity"));
        money("price", "price", product.get("price"), currency, metadata);
        metadata.add("transaction_id", data.path(ACTION).get("transaction_id"));
        metadata.addCustom(product);
        PRODUCT_REST.forEach(field -> metadata.add(field, product.get(field)));
        money("total_product_amount", "total_product_amount", product.get("total_product_amount"), currency, metadata);
    }

    /**
     * An amount in Intercom's monetary form: a positive whole number of the currency's smallest unit. What has no currency
     * or is not positive is sent as it is.
     */
    private static void money(String name, String otherwise, JsonNode amount, JsonNode currencyCode, Metadata metadata) {
        String text = Json.text(amount);
        if (text == null) {
            return;
        }
        String currency = Json.text(currencyCode);
        Long minor = minorUnits(text, currency);
        if (minor == null) {
            metadata.add(otherwise, amount);
        } else {
            metadata.addWhole(name, Json.object().put("amount", minor).put("currency", currency.toLowerCase(Locale.ROOT)));
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
