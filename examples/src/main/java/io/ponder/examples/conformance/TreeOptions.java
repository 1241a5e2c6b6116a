package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.planners.tree.CompletedQ;
import io.ponder.planners.tree.DirichletNoise;
import io.ponder.planners.tree.FixedRange;
import io.ponder.planners.tree.GumbelHalving;
import io.ponder.planners.tree.MostVisited;
import io.ponder.planners.tree.Puct;
import io.ponder.planners.tree.QTransform;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SiblingRange;

/** Makes search recipes out of mctx's options. */
final class TreeOptions {
    private TreeOptions() {}

    /**
     * Returns the recipe of an algorithm.
     *
     * @param simulations simulations of a search
     * @throws Difference if an option is missing or not known
     */
    static SearchRecipe recipe(String algorithm, JsonNode options, int simulations) {
        SearchRecipe recipe = switch (algorithm) {
            case "muzero", "stochastic_muzero" -> puct(options);
            case "gumbel_muzero" -> gumbel(options);
            default -> throw new Difference("the algorithm '" + algorithm + "' is not known");
        };
        JsonNode depth = options.path("max_depth");
        if (depth.isNumber()) recipe = recipe.withMaxDepth(Golden.integer(depth, "max_depth"));
        return recipe.named(algorithm).withSimulations(simulations);
    }

    private static SearchRecipe puct(JsonNode options) {
        Puct puct = Puct.DEFAULT
                .withExploration(number(options, "pb_c_init"), number(options, "pb_c_base"))
                .withTransform(transform(options));
        double fraction = number(options, "dirichlet_fraction");
        double temperature = options.has("temperature") ? number(options, "temperature") : 1;
        return SearchRecipes.muzero().withRoot(puct).withInterior(puct)
                .withNoise(fraction == 0 ? null : new DirichletNoise(fraction, number(options, "dirichlet_alpha")))
                .withDecision(new MostVisited(temperature));
    }

    private static QTransform transform(JsonNode options) {
        String name = Golden.text(Golden.field(options, "qtransform", "options"), "qtransform");
        JsonNode settings = options.path("qtransform_kwargs");
        return switch (name) {
            case "qtransform_by_parent_and_siblings" -> new SiblingRange((float) number(settings, "epsilon", 1e-8));
            case "qtransform_by_min_max" ->
                new FixedRange((float) number(settings, "min_value"), (float) number(settings, "max_value"));
            default -> throw new Difference("the Q transform '" + name + "' is not known for PUCT");
        };
    }

    private static SearchRecipe gumbel(JsonNode options) {
        String name = Golden.text(Golden.field(options, "qtransform", "options"), "qtransform");
        if (!name.equals("qtransform_completed_by_mix_value")) throw new Difference("the Q transform '" + name + "' is not known for Gumbel");
        JsonNode settings = options.path("qtransform_kwargs");
        var values = new CompletedQ(
                number(settings, "value_scale", CompletedQ.DEFAULT.valueScale()),
                number(settings, "maxvisit_init", CompletedQ.DEFAULT.maxVisitInit()),
                settings.path("rescale_values").asBoolean(true), settings.path("use_mixed_value").asBoolean(true),
                number(settings, "epsilon", 1e-8));
        int considered = Golden.integer(Golden.field(options, "max_num_considered_actions", "options"), "max_num_considered_actions");
        return SearchRecipes.gumbel(new GumbelHalving(considered, number(options, "gumbel_scale"), values), values);
    }

    private static double number(JsonNode object, String field) {
        return Golden.number(Golden.field(object, field, "options"), field);
    }

    private static double number(JsonNode object, String field, double otherwise) {
        return object.has(field) ? Golden.number(object.get(field), field) : otherwise;
    }
}
