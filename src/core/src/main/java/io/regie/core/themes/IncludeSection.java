package io.regie.core.themes;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.IncludeSectionHelper;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Qute's include, on the page's budget and for plain template ids only: no path, no fragment, no computed name. */
final class IncludeSection implements SectionHelper {

    private final SectionHelper qute;

    private IncludeSection(SectionHelper qute) {
        this.qute = qute;
    }

    @Override
    public CompletionStage<ResultNode> resolve(SectionResolutionContext context) {
        RenderBudget budget = RenderBudget.of(context.resolutionContext());
        budget.enterInclude();
        try {
            return CompletedStage.of(qute.resolve(context).toCompletableFuture().join());
        } finally {
            budget.leaveInclude();
        }
    }

    static final class Factory implements SectionHelperFactory<IncludeSection> {

        private final IncludeSectionHelper.Factory qute = new IncludeSectionHelper.Factory();

        @Override
        public List<String> getDefaultAliases() {
            return qute.getDefaultAliases();
        }

        @Override
        public ParametersInfo getParameters() {
            return qute.getParameters();
        }

        @Override
        public boolean treatUnknownSectionsAsBlocks() {
            return qute.treatUnknownSectionsAsBlocks();
        }

        @Override
        public MissingEndTagStrategy missingEndTagStrategy() {
            return qute.missingEndTagStrategy();
        }

        @Override
        public Scope initializeBlock(Scope outer, BlockInfo block) {
            return qute.initializeBlock(outer, block);
        }

        @Override
        public IncludeSection initialize(SectionInitContext context) {
            String id = context.getParameter("template");
            if (id == null || !TemplateFolder.isId(id)) {
                throw context.error("an include names one template of the theme by its id, like parts/card")
                        .build();
            }
            return new IncludeSection(qute.initialize(context));
        }
    }
}
