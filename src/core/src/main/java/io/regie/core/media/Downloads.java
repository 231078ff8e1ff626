package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Caller;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Decides who may take home what they may read, see {@link DownloadRule}. */
@ApplicationScoped
public class Downloads {

    private final SettingsService settings;
    private final InstantSource clock;

    Downloads(SettingsService settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    public DownloadRule standard() {
        return settings.get(DownloadRule.STANDARD);
    }

    public void changeStandard(DownloadRule rule) {
        settings.set(DownloadRule.STANDARD, rule);
    }

    /** What holds for an article, said by itself or by the site. */
    DownloadRule ruleOf(MediaArticle article) {
        return article.download == null ? standard() : article.download;
    }

    boolean may(Caller caller, MediaArticle article) {
        return article.allows(Action.EDIT, caller, clock.instant())
                || switch (ruleOf(article)) {
                    case YES -> true;
                    case SIGNED_IN -> caller.signedIn();
                    case NO -> false;
                };
    }

    /** @throws ProblemException with what to do about it; that the article is there is no secret to this caller */
    void require(Caller caller, MediaArticle article) {
        if (may(caller, article)) {
            return;
        }
        if (ruleOf(article) == DownloadRule.SIGNED_IN) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "media-download-signed-in");
        }
        throw new ProblemException(ProblemType.FORBIDDEN, "media-download-no");
    }
}
