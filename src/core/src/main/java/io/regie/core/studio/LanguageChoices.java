package io.regie.core.studio;

import io.regie.core.media.ContentLanguages;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The languages that media may be in, as forms offer them. */
public final class LanguageChoices {

    private LanguageChoices() {}

    /** @param current stands among them even where it is a variant of one */
    public static List<Choice> of(String current, Locale locale) {
        Collator order = Collator.getInstance(locale);
        List<Choice> choices = new ArrayList<>(ContentLanguages.known().stream()
                .map(code -> new Choice(code, name(Locale.forLanguageTag(code), locale)))
                .sorted(Comparator.comparing(Choice::label, order))
                .toList());
        if (choices.stream().noneMatch(choice -> choice.value().equals(current))) {
            choices.add(0, new Choice(current, name(Locale.forLanguageTag(current), locale)));
        }
        return choices;
    }

    private static String name(Locale language, Locale locale) {
        String name = language.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }
}
