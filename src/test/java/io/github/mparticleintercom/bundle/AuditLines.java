package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Catches what goes to the audit log while it is open. */
public final class AuditLines extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    AuditLines() {
        this("mparticle-intercom.audit");
    }

    /** Of this logger. */
    public AuditLines(String loggerName) {
        super("audit-lines", null, null, true, Property.EMPTY_ARRAY);
        // the log is one for all bundles of the process
        Bundle.awaitStops();
        logger = (Logger) LogManager.getLogger(loggerName);
        start();
        Configurator.setLevel(loggerName, Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage());
    }

    /** As they were written. */
    public List<String> texts() {
        return lines;
    }

    /** Those with this value under this name, in their order. */
    List<JsonNode> with(String name, String value) {
        return lines.stream().map(AuditLines::read).filter(line -> line.path(name).asText().equals(value)).toList();
    }

    private static JsonNode read(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + line, e);
        }
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
