package io.regie.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTest {

    @Test
    void replacesWhatADatabaseCannotKeep() throws Exception {
        assertThat(text("{\"a\":[\"x\\u0000y\",{\"b\":\"\\ud800\"}],\"c\\u0000\":1}"))
                .isEqualTo("{\"a\":[\"x\uFFFDy\",{\"b\":\"\uFFFD\"}]}");
    }

    @Test
    void leavesEverythingElseAlone() throws Exception {
        String json = "{\"title\":\"R\u00E9gie \uD83C\uDFAC\",\"n\":1.5,\"list\":[null,true]}";
        assertThat(text(json)).isEqualTo(json);
    }

    private static String text(String json) throws Exception {
        return Storable.text(ProtocolJson.mapper().readTree(json)).toString();
    }
}
