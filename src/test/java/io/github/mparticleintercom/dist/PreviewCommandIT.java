package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mparticle-intercom preview FILE} as a user runs it. */
class PreviewCommandIT {

    @TempDir
    Path folder;

    @Test
    void showsTheRequestsOfAFileAndLeavesNoTrace() throws Exception {
        Files.writeString(folder.resolve("batch.json"), """
                {"user_identities": {"customer_id": "c1"}, "user_attributes": {"a.b": "x"},
                 "events": [{"event_type": "session_end", "data": {"event_id": 2}}]}
                """);
        Command preview = Command.run(folder, Map.of(), "preview", "batch.json");

        assertThat(preview.exitCode()).as(preview.errors()).isZero();
        assertThat(preview.output().lines()).containsExactly(
                "POST /contacts  {\"external_id\":\"c1\",\"role\":\"user\",\"custom_attributes\":{\"a_b\":\"x\"}}",
                "   changed  custom_attributes.a.b: name-cleaned (The name held characters that Intercom does not allow and was"
                        + " changed)",
                "   skipped  event 2: event-type-off (Events of this type are not forwarded)");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws Exception {
        assertThat(Command.run(folder, Map.of(), "preview").exitCode()).isEqualTo(2);
        assertThat(Command.run(folder, Map.of(), "preview", "missing.json").errors()).contains("missing.json");
    }
}
