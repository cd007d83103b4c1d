package io.github.mparticleintercom.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens and whether they are good at present. */
final class TokenRegistry {

    enum State { ACTIVE, FORBIDDEN, REVOKED }

    /** The token a request carries, by name; the name is null if the token is not known. */
    record Use(String name, State state) {
        boolean isAuthenticated() {
            return state != State.REVOKED;
        }
    }

    private static final String SCHEME = "Bearer ";
    private static final Use UNKNOWN = new Use(null, State.REVOKED);

    private final Map<String, String> names;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    TokenRegistry(Map<String, String> names) {
        this.names = names;
        reset();
    }

    void reset() {
        names.keySet().forEach(token -> states.put(token, State.ACTIVE));
    }

    void set(String token, State state) {
        if (states.replace(token, state) == null) {
            throw new IllegalArgumentException("The sandbox does not know this token");
        }
    }

    Use identify(String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return UNKNOWN;
        }
        String token = authorization.substring(SCHEME.length());
        State state = states.get(token);
        return state == null ? UNKNOWN : new Use(names.get(token), state);
    }
}
