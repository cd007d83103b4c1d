package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTranslatorTest {

    private final TagTranslator tags = new TagTranslator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // setting | user attributes | deleted | tags
        "vip,beta|{'vip':null,'beta':'x','other':null}|[]|{'vip':true}",
        "Vip|{'VIP ':null}|[]|{'VIP':true}",
        "*|{'any':null,'$city':null,' ':null,'plan':'pro'}|[]|{'any':true}",
        "*,$city|{'$city':null}|[]|{'$city':true}",
        "vip,beta|{'beta':null}|['vip','other']|{'vip':false,'beta':true}",
        "vip|{'VIP':null}|['vip']|{'VIP':true}",
        "vip|{'vip':'a value'}|[' Vip ']|-",
        "*|{}|[' ','any']|{'any':false}",
        "vip|{'other':null}|['other']|-",
        "``|{'vip':null}|['vip']|-"})
    void areUserAttributesWithoutAValue(String setting, String attributes, String deleted, String expected) throws IOException {
        tags.setTags(setting);
        MparticleBatch batch = Requests.batch("{'user_identities':{'email':'a@example.com'},'user_attributes':" + attributes
                + ",'deleted_user_attributes':" + deleted + "}", "o");
        IntercomRequest request = tags.translate(batch);

        assertThat(tags.says(batch)).isEqualTo(!expected.equals("-"));
        if (expected.equals("-")) {
            assertThat(request).isNull();
        } else {
            assertThat(request.body()).isEqualTo(Requests.json("{'email':'a@example.com','tags':" + expected + "}"));
            assertThat(request.operation()).isEqualTo(IntercomRequest.Operation.TAGS);
        }
    }

    @ParameterizedTest
    @CsvSource({"vip, vip, true", "vip, ' VIP', true", "vip, other, false", "*, other, false"})
    void knowsWhatWasATagByItsNameAlone(String setting, String attribute, boolean listed) {
        tags.setTags(setting);

        assertThat(tags.lists(attribute)).isEqualTo(listed);
    }
}
