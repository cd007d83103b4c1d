package io.github.mparticleintercom.style;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.apache.camel.support.PluginHelper;

/**
 * Reads YAML files into Camel's model and writes the model as YAML files again, by Camel's own reader and writer. Which Camel that is, its
 * class loader decides: see {@link OtherCamel}.
 */
public final class ModelWriter implements UnaryOperator<Map<String, String>> {

    private static final String CLAUSES = "    onException:\n";

    @Override
    public Map<String, String> apply(Map<String, String> files) {
        Map<String, String> written = new TreeMap<>();
        try (LoadedModel model = new LoadedModel()) {
            ModelToYAMLDumper writer = PluginHelper.getModelToYAMLDumper(model.context());
            for (Map.Entry<String, String> file : files.entrySet()) {
                StringBuilder text = new StringBuilder();
                LoadedModel.Part part = model.load(file.getKey(), file.getValue());
                for (NamedNode node : part.nodes()) {
                    text.append(wrapped(writer.dumpModelAsYaml(model.context(), node, false, true, true, false)));
                }
                part.beans().forEach(ModelWriter::numberArguments);
                written.put(file.getKey(), text.append(writer.dumpBeansAsYaml(model.context(),
                        List.copyOf(part.beans()))).toString());
            }
            return written;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reader leaves the positions of constructor arguments texts, and the writer demands numbers. */
    private static void numberArguments(BeanFactoryDefinition<?> bean) {
        if (bean.getConstructors() != null) {
            Map<Integer, Object> numbered = new TreeMap<>();
            new HashMap<Object, Object>(bean.getConstructors())
                    .forEach((position, value) -> numbered.put(Integer.valueOf(position.toString()), value));
            bean.setConstructors(numbered);
        }
    }

    /** The writer leaves out the key of an exception clause in a list, which the reader demands and Kaoto writes. */
    private static String wrapped(String yaml) {
        int start = yaml.indexOf(CLAUSES);
        return start < 0 ? yaml : yaml.substring(0, start) + CLAUSES + yaml.substring(start + CLAUSES.length())
                .replaceAll("(?m)^ {8}", " ".repeat(10)).replaceAll("(?m)^ {6}- ", "      - onException:\n" + " ".repeat(10));
    }
}
