package io.regie.core.accounts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody goes after signing in: a page of this site or its home page, whatever an address asks for. */
public final class NextPage {

    static final String HOME = "/";

    /**
     * A path from the root. A second slash, or a backslash that browsers read as one, would make it another host; what
     * browsers drop while reading (tabs, line ends) or need not understand does not pass.
     */
    private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[A-Za-z0-9\\-._~!$&'()*+,=:@%/?]*");

    private NextPage() {}

    public static String safe(@Nullable String asked) {
        if (asked == null || asked.length() > 2000 || !OWN.matcher(asked).matches()) {
            return HOME;
        }
        boolean odd = asked.contains("//")
                || asked.toLowerCase(Locale.ROOT).matches(".*%(0[0-9a-f]|1[0-9a-f]|5c|7f).*")
                || asked.startsWith("/sign-");
        return odd || !wellFormed(asked) ? HOME : asked;
    }

    private static boolean wellFormed(String path) {
        try {
            return new URI(path).getHost() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
