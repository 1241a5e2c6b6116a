package io.ponder.planners.tree;

import io.ponder.engine.model.LeafEvaluator;

/** The published searches, with the constants of mctx where mctx has the search. Chance nodes are searched by all of them. */
public final class SearchRecipes {
    private SearchRecipes() {}

    /**
     * Returns MuZero's search (Schrittwieser and others 2020), on models with chance nodes Stochastic MuZero's (Antonoglou
     * and others 2022).
     */
    public static SearchRecipe muzero() {
        return new SearchRecipe(
                "muzero", 50, SearchRecipe.UNLIMITED_DEPTH, Puct.DEFAULT, Puct.DEFAULT, new ChanceQuota(), new AllActions(),
                DirichletNoise.DEFAULT, MostVisited.DEFAULT, new VisitShares(), null, BackUpRule.DEFAULT);
    }

    /** Returns Gumbel MuZero's search (Danihelka and others 2022); noise is drawn where the request explores. */
    public static SearchRecipe gumbel() {
        return gumbel(GumbelHalving.DEFAULT, CompletedQ.DEFAULT);
    }

    /**
     * Returns Gumbel MuZero's search with other settings; {@code values} is used below the root, in the decision and in the
     * target too.
     */
    public static SearchRecipe gumbel(GumbelHalving halving, CompletedQ values) {
        return new SearchRecipe(
                "gumbel", 50, SearchRecipe.UNLIMITED_DEPTH,
                new GumbelHalving(halving.maxConsidered(), halving.noiseScale(), values), new GumbelInterior(values),
                new ChanceQuota(), new AllActions(), null, new GumbelBest(values), new CompletedPolicy(values), null,
                BackUpRule.DEFAULT);
    }

    /**
     * Returns Sampled MuZero's search (Hubert and others 2021): {@code count} sampled actions a node, all of which are tried
     * at the root before any is tried again.
     */
    public static SearchRecipe sampledMuzero(int count) {
        return muzero().named("sampled-muzero").withActions(SampledActions.of(count))
                .withRoot(Puct.DEFAULT.withFirstPlay(FirstPlay.INFINITE));
    }

    /** Returns Gumbel MuZero's search over {@code count} sampled actions a node. */
    public static SearchRecipe sampledGumbel(int count) {
        return gumbel().named("sampled-gumbel").withActions(SampledActions.of(count));
    }

    /**
     * Returns AlphaZero's search (Silver and others 2018) for a known game with values from -1 to 1: unscaled values, and an
     * untried move is worth as much as a draw.
     */
    public static SearchRecipe alphaZero() {
        Puct puct = Puct.DEFAULT.withTransform(FixedRange.IDENTITY).withFirstPlay(FirstPlay.ZERO);
        return muzero().named("alphazero").withRoot(puct).withInterior(puct);
    }

    /**
     * Returns UCT (Kocsis and Szepesvari 2006): every action is tried once, then UCB1 with c = 1.4 chooses; for returns
     * between -1 and 1.
     *
     * @param leaf says what new nodes are worth, usually the return of a random rollout
     */
    public static SearchRecipe uct(LeafEvaluator leaf) {
        return new SearchRecipe(
                "uct", 1000, SearchRecipe.UNLIMITED_DEPTH, Ucb1.DEFAULT, Ucb1.DEFAULT, new ChanceSampled(),
                new AllActions(), null, MostVisited.DEFAULT, new VisitShares(), leaf, BackUpRule.DEFAULT);
    }

    /**
     * Returns the search on top of a trained policy and value that PPO-MCTS makes (J. Liu and others 2023, "Don't throw away
     * your value model"): PUCT with unscaled values, in which an untried action is worth what the value model says of its node,
     * over the likeliest actions of each node; decides for the most visited one.
     *
     * @param exploration constant in units of the value, at least 0. It must fit the returns: the paper's 8 is far too much for
     *                    returns between 0 and 1, where about 0.5 is right.
     * @param actions     likeliest actions that a node has edges for, at least 1
     */
    public static SearchRecipe valueGuided(double exploration, int actions) {
        Puct puct = new Puct(exploration, Double.POSITIVE_INFINITY, FixedRange.IDENTITY, FirstPlay.RAW_VALUE, true);
        return muzero().named("value-guided").withRoot(puct).withInterior(puct)
                .withActions(new TopPrior(actions)).withNoise(null);
    }
}
