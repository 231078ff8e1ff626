package io.regie.core.accounts;

import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets of scopes, as the API and the database write them. */
final class Scopes {

    private Scopes() {}

    static Set<Scope> parse(String words) {
        return require(Arrays.asList(words.split(" ")));
    }

    /** @throws ProblemException when a word is no scope */
    static Set<Scope> require(Collection<String> words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words) {
            scopes.add(Scope.find(word)
                    .orElseThrow(() -> ProblemException.invalidField("scopes", "accounts.scope-unknown", word)));
        }
        return scopes;
    }

    static List<String> words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).toList();
    }

    static String join(Set<Scope> scopes) {
        return words(scopes).stream().collect(Collectors.joining(" "));
    }
}
