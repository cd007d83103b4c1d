package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mparticleintercom.style.RouteFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The beans of {@code routes/beans.camel.yaml} with the settings of {@code application.properties}, made without Camel. */
final class ShippedBeans {

    private static final String PREFIX = "mparticle-intercom.";
    private static final ObjectMapper SETTERS = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Properties SETTINGS = new Properties();
    private static final Map<String, Map<?, ?>> BEANS = new HashMap<>();

    private final Map<String, String> changed;

    static {
        try (Reader reader = Files.newBufferedReader(Path.of("application.properties"))) {
            SETTINGS.load(reader);
            for (Map<String, Object> entity : RouteFiles.entities(RouteFiles.named("beans"))) {
                for (Object bean : (List<?>) entity.getOrDefault("beans", List.of())) {
                    BEANS.put(((Map<?, ?>) bean).get("name").toString(), (Map<?, ?>) bean);
                }
            }
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** With these settings, whose keys go without the prefix, in place of those that ship. */
    ShippedBeans(Map<String, String> changed) {
        this.changed = new HashMap<>(changed);
        // no installation's names of events
        this.changed.put("broker.data", "target/none");
    }

    String setting(String key) {
        return changed.getOrDefault(key, SETTINGS.getProperty(PREFIX + key, ""));
    }

    <T> T bean(String name, Class<T> type) {
        return SETTERS.convertValue(properties(name), type);
    }

    private Map<String, Object> properties(String name) {
        Map<String, Object> properties = new HashMap<>();
        ((Map<?, ?>) BEANS.get(name).get("properties")).forEach((key, value) -> {
            String text = value.toString();
            properties.put(key.toString(), text.startsWith("#bean:") ? properties(text.substring("#bean:".length()))
                    : setting(text.substring("{{".length() + PREFIX.length(), text.indexOf(':'))));
        });
        return properties;
    }
}
