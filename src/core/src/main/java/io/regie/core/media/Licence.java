package io.regie.core.media;

import io.regie.core.settings.Setting;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What others may do with a medium, under the codes of SPDX where it has one. */
public enum Licence {
    ALL_RIGHTS_RESERVED("all-rights-reserved", null),
    CC_BY("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    CC_BY_SA("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    CC_BY_ND("CC-BY-ND-4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    CC_BY_NC("CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    CC_BY_NC_SA("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    CC_BY_NC_ND("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    CC0("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    PUBLIC_DOMAIN("public-domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
    FREE_ART("LAL-1.3", "https://artlibre.org/"),
    GFDL("GFDL-1.3-or-later", "https://www.gnu.org/licenses/fdl-1.3.html"),
    GPL("GPL-3.0-or-later", "https://www.gnu.org/licenses/gpl-3.0.html"),
    WTFPL("WTFPL", "http://www.wtfpl.net/about/"),
    OTHER("other", null);

    /** Of what nobody said anything about; nothing, as long as no administrator chose. */
    static final Setting<Optional<Licence>> STANDARD =
            new Setting<>("media.licence", Optional.empty(), Licence::find, licence -> licence.map(Licence::code)
                    .orElse(""));

    private final String code;
    private final @Nullable String address;

    Licence(String code, @Nullable String address) {
        this.code = code;
        this.address = address;
    }

    /** As written in the API; never changes. */
    public String code() {
        return code;
    }

    public String name(Locale locale) {
        return ResourceBundle.getBundle(
                        "licences",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(code);
    }

    /** Where its text stands. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    public static Optional<Licence> find(String code) {
        return Arrays.stream(values())
                .filter(licence -> licence.code.equals(code))
                .findFirst();
    }

    /** Rows keep the code. */
    @Converter
    static class Column implements AttributeConverter<@Nullable Licence, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Licence licence) {
            return licence == null ? null : licence.code;
        }

        @Override
        public @Nullable Licence convertToEntityAttribute(@Nullable String code) {
            return code == null ? null : find(code).orElseThrow(() -> new IllegalStateException("No licence " + code));
        }
    }
}
