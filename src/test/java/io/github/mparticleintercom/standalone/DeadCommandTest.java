package io.github.mparticleintercom.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"eat", "show", "export", "replay", "discard", "discard x --reason all", "replay x --reason all",
        "list --reason", "list x", "list --limit 0", "list --limit many", "replay x y", "discard --reason a --reason b",
        "show x --body f", "discard x --body f", "discard --everything yes", "replay --body f"})
    void saysWhatItTakesAndOpensNothingWhenItsWordsAreWrong(String words) {
        CommandFailure failure = catchThrowableOfType(CommandFailure.class,
                () -> new DeadCommand().run(List.of(words.split(" ")), System.out));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("dead discard --reason CODE");
    }

    @Test
    void keepsWhatOthersSentFromSteeringTheScreen() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DeadText.list(io.github.mparticleintercom.Json.MAPPER.readTree("""
                {"total": 7, "letters": [{"id": "a", "batch_id": "1\\u001b[2J\\n2", "reason": "invalid-json"}]}
                """), new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("1 [2J 2", "invalid-json", "1 of 7")
                .hasLineCount(3).doesNotContain("\u001b");
    }
}
