package io.github.mparticleintercom.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of events that mParticle has, by its names in {@code event_type} (JSON reference and OpenAPI description). */
public final class EventTypes {

    private static final Set<String> KNOWN = Set.of("custom_event", "screen_view", "commerce_event", "session_start", "session_end",
            "uninstall", "crash_report", "opt_out", "push_registration", "application_state_transition", "push_message",
            "network_performance", "breadcrumb", "first_run", "pre_attribution", "profile", "push_reaction", "user_attribute_change",
            "user_identity_change");

    /** What names a commerce event: the actions of {@code product_action}, and those made of promotions and impressions. */
    private static final Set<String> ACTIONS = Set.of("add_to_cart", "remove_from_cart", "checkout", "checkout_option", "click",
            "view_detail", "purchase", "refund", "add_to_wishlist", "remove_from_wishlist", "promotion_view", "promotion_click", "impression",
            "commerce_event");

    private EventTypes() {
    }

    /** Whether this can name a commerce event or a product. */
    public static boolean isAction(String name) {
        return ACTIONS.contains(name);
    }

    /** The action that was probably meant, however it is written. */
    public static Optional<String> nearestAction(String name) {
        return NearestKey.near(name.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"), ACTIONS);
    }

    /** A sentence where mParticle has no such type, with the one that was probably meant. */
    public static Optional<String> unknown(String type) {
        return KNOWN.contains(type) ? Optional.empty() : Optional.of("mParticle has no event type '" + type + "'; "
                + NearestKey.near(type, KNOWN).map(near -> "did you mean '" + near + "'?")
                        .orElse("it has " + String.join(", ", new java.util.TreeSet<>(KNOWN)) + "."));
    }
}
