package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardFieldsTest {

    private final StandardFields fields = new StandardFields(List.of("name", "phone", "email", "avatar", "signed_up_at",
            "unsubscribed_from_emails", "owner_id"));
    private final ObjectNode body = Json.object();
    private final List<Change> changes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"name|' Ana '|'Ana'", "phone|4520123456|'4520123456'",
        "owner_id|25|'25'", "signed_up_at|1714550390999|1714550390", "unsubscribed_from_emails|'TRUE'|true",
        "unsubscribed_from_emails|false|false", "email|'ana@example.com'|'ana@example.com'"})
    void givesEachFieldItsType(String name, String value, String sent) {
        assertThat(take(name, value)).isTrue();
        assertThat(body).hasToString(json("{'" + name + "':" + sent + "}").toString());
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"name|null|value-empty", "name|' '|value-empty",
        "name|['a']|value-unsupported", "signed_up_at|'soon'|value-unsupported", "unsubscribed_from_emails|1|value-unsupported",
        "email|'none'|value-unsupported"})
    void leavesOutWhatAFieldCannotHold(String name, String value, Reason reason) {
        assertThat(take(name, value)).isTrue();
        assertThat(body).isEmpty();
        assertThat(changes).containsExactly(new Change(reason, name));
    }

    @Test
    void keepsWhatTheFieldHolds() {
        body.put("phone", "1");

        assertThat(take("phone", "1")).isTrue();
        assertThat(changes).isEmpty();
        assertThat(take("phone", "2")).isTrue();
        assertThat(changes).containsExactly(new Change(Reason.NAME_COLLISION, "phone"));
        assertThat(body).isEqualTo(json("{'phone':'1'}"));
    }

    @Test
    void leavesOtherAttributesAlone() {
        assertThat(take("Name", "'Ana'")).isFalse();
        assertThat(take("plan", "'x'")).isFalse();
        assertThat(body).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "external_id", "id"})
    void refusesFieldsThatNameTheContact(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StandardFields(List.of(name))).withMessageContaining(name);
    }

    private boolean take(String name, String value) {
        return fields.take(name, json("{'v':" + value + "}").get("v"), body, changes);
    }
}
