package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Credits out of what people type. */
public final class Credits {

    static final int MOST = 100;
    static final int LONGEST = 100;

    private Credits() {}

    /** One person on each line, behind their role and a colon. */
    public static List<Credit> parse(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    int colon = line.indexOf(':');
                    return new Credit(
                            colon < 0 ? "" : line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                })
                .toList();
    }

    /** As {@link #parse} reads it. */
    public static String text(List<Credit> credits) {
        return String.join(
                "\n",
                credits.stream()
                        .map(credit -> credit.role().isEmpty() ? credit.name() : credit.role() + ": " + credit.name())
                        .toList());
    }

    static List<Credit> require(List<Credit> wanted) {
        if (wanted.size() > MOST) {
            throw ProblemException.invalidField("credits", "media-credits-many", MOST);
        }
        List<Credit> credits = new ArrayList<>();
        for (Credit credit : wanted) {
            String role = Titles.clean(credit.role()).orElse("").replace(":", "");
            Optional<String> name = Titles.clean(credit.name());
            if (name.isEmpty() || name.get().length() > LONGEST || role.length() > LONGEST) {
                throw ProblemException.invalidField("credits", "media-credit", LONGEST);
            }
            // Without a role, what stands before a colon would become one.
            credits.add(new Credit(role, role.isEmpty() ? name.get().replace(":", "") : name.get()));
        }
        return List.copyOf(credits);
    }
}
