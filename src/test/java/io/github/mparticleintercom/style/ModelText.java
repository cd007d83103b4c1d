package io.github.mparticleintercom.style;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that Camel's model holds of route files, a line each, whatever way they say it. */
final class ModelText {

    /** Where a thing stands, and notes, which are for readers only and which no writer of Camel keeps. */
    private static final Set<String> WITHOUT_MEANING = Set.of("parent", "camelContext", "lineNumber", "location", "note", "resource",
            "index", "prepared");

    private final StringBuilder text = new StringBuilder();

    private ModelText() {
    }

    static String of(Map<String, String> files) throws Exception {
        ModelText written = new ModelText();
        try (LoadedModel model = new LoadedModel()) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                LoadedModel.Part part = model.load(file.getKey(), file.getValue());
                written.write(file.getKey() + " node", part.nodes());
                written.write(file.getKey() + " bean", part.beans());
            }
        }
        return written.text.toString();
    }

    private void write(String path, Object value) throws IllegalAccessException {
        if (value instanceof Collection<?> values) {
            int index = 0;
            for (Object one : values) {
                write(path + "/" + index++, one);
            }
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(String.valueOf(key), one));
            for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                write(path + "/" + entry.getKey(), entry.getValue());
            }
        } else if (value != null && value.getClass().getName().startsWith("org.apache.camel.model.")
                && !value.getClass().isEnum()) {
            text.append(path).append(" is ").append(value.getClass().getSimpleName()).append('\n');
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !WITHOUT_MEANING.contains(field.getName())) {
                        field.setAccessible(true);
                        write(path + "/" + field.getName(), field.get(value));
                    }
                }
            }
        } else if (value != null) {
            text.append(path).append(" = ").append(value).append('\n');
        }
    }
}
