package io.github.mparticleintercom.mapping;

import io.github.mparticleintercom.settings.EventTypes;
import io.github.mparticleintercom.settings.NearestKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What stands in the file of an event mapping, and everything that is wrong with it. The page {@code event-mapping.md} describes it. */
public final class EventMappingFile {

    private static final String CLASSPATH = "classpath:";
    /** The one that ships, and maps nothing. */
    private static final String SHIPPED = "event-mapping.yaml";
    /** One product of a commerce event, which mParticle has no type for. */
    private static final String PRODUCT = "product";
    private static final List<String> KEYS = List.of("name", "fallback", "send", "rename", "drop", "add");

    private final List<Entry> entries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Something that is wrong.
     *
     * @param line     the line, from 1 on
     * @param sentence what is wrong, for a person
     */
    public record Fault(int line, String sentence) {
    }

    /**
     * What stands in the file about the events of one name.
     *
     * @param type  mParticle's {@code event_type}, or {@code product}
     * @param name  their name, or {@code *} for all others of the type
     * @param line  where it begins
     * @param names the names that it may give them at Intercom, but for those that a template makes
     * @param event what is different about them
     */
    public record Entry(String type, String name, int line, List<String> names, MappedEvent event) {
    }

    private EventMappingFile() {
    }

    /**
     * Reads it. Only the one that ships may be absent.
     *
     * @param file a path, or {@code classpath:} and the name of a resource
     * @throws IOException when it is not there or cannot be read; the message is a sentence that says so
     */
    public static EventMappingFile read(String file) throws IOException {
        EventMappingFile read = new EventMappingFile();
        try {
            read.root(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString());
        } catch (CharacterCodingException e) {
            read.fault(1, "The file is not in UTF-8.");
        }
        return read;
    }

    private static byte[] bytes(String file) throws IOException {
        if (!file.startsWith(CLASSPATH)) {
            try {
                return Files.readAllBytes(Path.of(file.startsWith("file:") ? file.substring("file:".length()) : file));
            } catch (NoSuchFileException e) {
                if (file.equals(SHIPPED)) {
                    return new byte[0];
                }
                throw new IOException("There is no file '" + file + "' to map events by.", e);
            }
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        String name = file.substring(CLASSPATH.length());
        try (InputStream stream = (loader == null ? EventMappingFile.class.getClassLoader() : loader).getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("There is no resource '" + name + "' on the class path to map events by.");
            }
            return stream.readAllBytes();
        }
    }

    /** Everything that is wrong, in the order of the lines. */
    public List<Fault> faults() {
        return faults.stream().sorted(Comparator.comparing(Fault::line)).toList();
    }

    /** What it says, in its order. */
    public List<Entry> entries() {
        return entries;
    }

    Map<String, Map<String, MappedEvent>> byTypeAndName() {
        Map<String, Map<String, MappedEvent>> events = new HashMap<>();
        entries.forEach(entry -> events.computeIfAbsent(entry.type(), none -> new HashMap<>()).put(entry.name(), entry.event()));
        return events;
    }

    private void root(String text) {
        try {
            // comments alone are a mapping of nothing
            new Compose(LoadSettings.builder().setLabel("").build()).composeString(text)
                    .ifPresent(root -> pairs(root, "The file", this::type));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            fault(line, text.lines().skip(line - 1L).findFirst().orElse("").strip().startsWith("*")
                    ? "The star stands in quotes: \"*\"." : "This is no YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            fault(1, "This is no YAML: " + e.getMessage() + ".");
        }
    }

    private void type(Node key, Node value) {
        String type = text(key).orElse("");
        Optional<String> unknown = type.equals(PRODUCT) ? Optional.empty() : EventTypes.unknown(type);
        if (unknown.isPresent()) {
            fault(key, NearestKey.near(type, List.of(PRODUCT)).map(near -> "There is no event type '" + type + "'; did you mean '" + near
                    + "'?").orElse(unknown.get()));
        }
        pairs(value, "'" + type + "'", (name, event) -> text(name).ifPresentOrElse(of -> {
            entries.add(new EntryReader(event, of).entry(type, of, line(name)));
            if (isOfCommerce(type) && !EventTypes.isAction(of)) {
                EventTypes.nearestAction(of).ifPresent(near ->
                        fault(name, "No event of the type '" + type + "' is called '" + of + "'; did you mean '" + near + "'?"));
            }
        }, () -> notAText(name, "The name of an event")));
    }

    private static boolean isOfCommerce(String type) {
        return type.equals(PRODUCT) || type.equals("commerce_event");
    }

    /** Reads what stands under one name. */
    private final class EntryReader {

        private final Map<String, Node> parts = new HashMap<>();
        private final Map<String, String> renamed = new LinkedHashMap<>();
        private final Set<String> dropped = new LinkedHashSet<>();
        private final Map<String, FieldPath> added = new LinkedHashMap<>();
        /** What each attribute at Intercom is made of, for a person. */
        private final Map<String, String> origins = new HashMap<>();

        EntryReader(Node value, String name) {
            pairs(value, "'" + name + "'", this::part);
        }

        private void part(Node key, Node value) {
            String word = text(key).orElse("");
            parts.put(word, value);
            switch (word) {
                case "name", "fallback", "send" -> {
                    if (text(value).isEmpty()) {
                        notAText(value, word);
                    }
                }
                case "rename" -> pairs(value, word, this::rename);
                case "drop" -> (value instanceof SequenceNode list ? list.getValue() : List.of(value)).forEach(item ->
                        text(item).ifPresentOrElse(dropped::add, () -> notAText(item, word)));
                case "add" -> pairs(value, word, this::add);
                default -> fault(key, "'" + word + "' is nothing that can be said of an event" + NearestKey.near(word, KEYS)
                        .map(near -> "; did you mean '" + near + "'?").orElse("; that is " + String.join(", ", KEYS) + "."));
            }
        }

        private void rename(Node key, Node value) {
            String old = text(key).orElse("");
            text(value).ifPresentOrElse(attribute -> {
                renamed.put(old, attribute);
                attribute(key, attribute, "'" + old + "'");
            }, () -> notAText(value, old));
        }

        private void add(Node key, Node value) {
            String attribute = text(key).orElse("");
            text(value).ifPresentOrElse(path -> {
                FieldPath.fault(path).ifPresent(sentence -> fault(key, sentence));
                added.put(attribute, FieldPath.of(path));
                attribute(key, attribute, "'" + path + "'");
            }, () -> notAText(value, attribute));
        }

        private void attribute(Node at, String attribute, String origin) {
            if (attribute.contains(".") || attribute.contains("$")) {
                fault(at, "'" + attribute + "' cannot be an attribute at Intercom, which allows neither . nor $ in its name.");
            }
            String other = origins.putIfAbsent(attribute, origin);
            if (other != null) {
                fault(at, "Both " + other + " and " + origin + " become '" + attribute + "': only one of them would be kept.");
            }
        }

        Entry entry(String type, String name, int line) {
            String send = one("send");
            if (send != null && !send.equals("true") && !send.equals("false")) {
                fault(parts.get("send"), "send is '" + send + "', which is not one of true, false.");
            }
            dropped.stream().filter(renamed::containsKey).forEach(attribute ->
                    fault(parts.get("drop"), "'" + attribute + "' is both renamed and dropped."));
            NameTemplate template = template();
            boolean fixed = template == null || template.isFixed();
            String fallback = one("fallback");
            if (fallback != null && (fixed || fallback.contains("{"))) {
                fault(parts.get("fallback"), fixed ? "fallback is for a name with fields in braces, such as Viewed {screen_name}."
                        : "fallback is a name without fields, for where those of name give none.");
            }
            List<String> names = template != null && fixed ? List.of(one("name")) : fallback != null ? List.of(fallback) : List.of();
            return new Entry(type, name, line, names,
                    new MappedEvent(template, fallback, !"false".equals(send), Map.copyOf(renamed), Set.copyOf(dropped), added));
        }

        private NameTemplate template() {
            String name = one("name");
            try {
                return name == null ? null : new NameTemplate(name);
            } catch (IllegalArgumentException e) {
                fault(parts.get("name"), e.getMessage());
                return null;
            }
        }

        private String one(String key) {
            return parts.containsKey(key) ? text(parts.get(key)).orElse(null) : null;
        }
    }

    /** Hands out the keys and values of a mapping; of what is none, says so. */
    private void pairs(Node node, String what, BiConsumer<Node, Node> use) {
        if (node instanceof MappingNode mapping) {
            Map<String, Integer> seen = new HashMap<>();
            for (NodeTuple pair : mapping.getValue()) {
                Integer before = text(pair.getKeyNode()).map(key -> seen.putIfAbsent(key, line(pair.getKeyNode()))).orElse(null);
                if (before != null) {
                    fault(pair.getKeyNode(), "'" + text(pair.getKeyNode()).orElse("") + "' stands in line " + before + " already.");
                }
                use.accept(pair.getKeyNode(), pair.getValueNode());
            }
        } else if (!isNothing(node)) {
            fault(node, what + " holds no keys with a colon behind them and a value each.");
        }
    }

    /** An unquoted brace at the beginning of a text begins a mapping in YAML. */
    private void notAText(Node node, String what) {
        fault(node, node instanceof MappingNode ? what + " is no text; one that begins with a brace stands in quotes: \"{action}\"."
                : what + " has no value.");
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getValue().isBlank() && !isNothing(node)
                ? Optional.of(scalar.getValue().strip()) : Optional.empty();
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private void fault(Node node, String sentence) {
        fault(line(node), sentence);
    }

    private void fault(int line, String sentence) {
        faults.add(new Fault(line, sentence));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
