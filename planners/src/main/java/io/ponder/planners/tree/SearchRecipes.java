package io.ponder.planners.tree;

import io.ponder.engine.model.LeafEvaluator;

/** The published searches, with the constants of mctx where mctx has the search. Chance nodes are searched by all of them. */
public final class SearchRecipes {
    private SearchRecipes() {}

    /** Returns MuZero's search (Schrittwieser and others 2020), on models with chance nodes Stochastic MuZero's (Antonoglou and others 2022). */
    public static SearchRecipe muzero() {
        return new SearchRecipe(
                "muzero", 50, SearchRecipe.UNLIMITED_DEPTH, Puct.DEFAULT, Puct.DEFAULT, new ChanceQuota(),
                DirichletNoise.DEFAULT, MostVisited.DEFAULT, new VisitShares(), null, BackUpRule.DEFAULT);
    }

    /** Returns Gumbel MuZero's search (Danihelka and others 2022); noise is drawn where the request explores. */
    public static SearchRecipe gumbel() {
        return gumbel(GumbelHalving.DEFAULT, CompletedQ.DEFAULT);
    }

    /** Returns Gumbel MuZero's search with other settings; {@code values} is used below the root, in the decision and in the target too. */
    public static SearchRecipe gumbel(GumbelHalving halving, CompletedQ values) {
        return new SearchRecipe(
                "gumbel", 50, SearchRecipe.UNLIMITED_DEPTH,
                new GumbelHalving(halving.maxConsidered(), halving.noiseScale(), values), new GumbelInterior(values),
                new ChanceQuota(), null, new GumbelBest(values), new CompletedPolicy(values), null, BackUpRule.DEFAULT);
    }

    /**
     * Returns AlphaZero's search (Silver and others 2018) for a known game with values from -1 to 1: unscaled values, and an untried move
     * is worth as much as a draw.
     */
    public static SearchRecipe alphaZero() {
        Puct puct = Puct.DEFAULT.withTransform(FixedRange.IDENTITY).withFirstPlay(FirstPlay.ZERO);
        return muzero().named("alphazero").withRoot(puct).withInterior(puct);
    }

    /**
     * Returns UCT (Kocsis and Szepesvari 2006): every action is tried once, then UCB1 with c = 1.4 chooses; for returns between -1 and 1.
     *
     * @param leaf says what new nodes are worth, usually the return of a random rollout
     */
    public static SearchRecipe uct(LeafEvaluator leaf) {
        return new SearchRecipe(
                "uct", 1000, SearchRecipe.UNLIMITED_DEPTH, Ucb1.DEFAULT, Ucb1.DEFAULT, new ChanceSampled(),
                null, MostVisited.DEFAULT, new VisitShares(), leaf, BackUpRule.DEFAULT);
    }
}
