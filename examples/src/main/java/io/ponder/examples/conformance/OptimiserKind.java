package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.nn.Adam;
import io.ponder.engine.nn.GradientClipping;
import io.ponder.engine.nn.MovingAverage;
import io.ponder.engine.nn.Optimiser;
import io.ponder.engine.nn.ParameterGroups;
import io.ponder.engine.nn.Sgd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Replays optimisers step by step: clipping, parameters, moving average, and the state at the end. */
final class OptimiserKind implements GoldenKind {
    @Override
    public String name() {
        return "optimisers";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("cases") && file.field("cases").path(0).has("algorithm") && file.field("cases").path(0).has("learning_rates");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        for (JsonNode golden : file.field("cases")) {
            String algorithm = Golden.text(Golden.field(golden, "algorithm", "case"), "algorithm");
            String title = algorithm + ", " + Golden.text(Golden.field(golden, "title", "case"), "title");
            float[] parameters = flat(Golden.array(golden, "parameters", title), title).floats();
            Optimiser optimiser = optimiser(algorithm, parameters.length, Golden.field(golden, "options", title), title);
            if (optimiser == null) return Verdict.skip("the optimiser " + algorithm + " is not built");
            replay(golden, title, parameters, optimiser);
        }
        return Verdict.pass();
    }

    private static void replay(JsonNode golden, String title, float[] parameters, Optimiser optimiser) {
        float[] average = parameters.clone();
        JsonNode steps = Golden.array(golden, "steps", title);
        JsonNode gradients = Golden.array(golden, "gradients", steps.size(), title);
        double[] rates = Golden.numbers(Golden.array(golden, "learning_rates", title), steps.size(), title + ", learning_rates");
        JsonNode bound = golden.path("clip_max_norm");
        for (int k = 0; k < rates.length; k++) {
            String where = title + ", step " + k;
            float[] gradient = flat(gradients.get(k), where).floats();
            Difference.requireEqual(where + ", number of gradients", parameters.length, gradient.length);
            double norm = bound.isNumber()
                    ? GradientClipping.clipNorm(gradient, gradient.length, bound.doubleValue())
                    : GradientClipping.norm(gradient, gradient.length);
            optimiser.step(parameters, gradient, rates[k]);
            MovingAverage.follow(average, parameters, parameters.length, number(golden, "ema_rate", title));
            GoldenTensor.requireClose(where + ", gradient_norm", number(steps.get(k), "gradient_norm", where), norm);
            flat(Golden.array(steps.get(k), "parameters", where), where + ", parameters").requireClose(parameters, 0);
            flat(Golden.array(steps.get(k), "ema", where), where + ", ema").requireClose(average, 0);
        }
        JsonNode state = Golden.field(golden, "final_state", title);
        state.fieldNames().forEachRemaining(name -> {
            float[] ours = optimiser.state().get(name);
            if (ours == null) throw new Difference(title + ", final_state: ours has no " + name);
            flat(state.get(name), title + ", final " + name).requireClose(ours, 0);
        });
    }

    private static @Nullable Optimiser optimiser(String algorithm, int count, JsonNode options, String title) {
        ParameterGroups groups = ParameterGroups.weightDecay(number(options, "weight_decay", title));
        switch (algorithm) {
            case "sgd" -> {
                boolean nesterov = Golden.flag(Golden.field(options, "nesterov", title), "nesterov");
                return new Sgd(count,
                        new Sgd.Parameters(number(options, "momentum", title), number(options, "dampening", title), nesterov), groups);
            }
            case "adam", "adamw" -> {
                double[] betas = Golden.numbers(Golden.field(options, "betas", title), 2, "betas");
                boolean amsgrad = Golden.flag(Golden.field(options, "amsgrad", title), "amsgrad");
                return new Adam(count,
                        new Adam.Parameters(betas[0], betas[1], number(options, "eps", title), algorithm.equals("adamw"), amsgrad), groups);
            }
            default -> {
                return null;
            }
        }
    }

    private static double number(JsonNode object, String field, String where) {
        return Golden.number(Golden.field(object, field, where), where + ", " + field);
    }

    /** Puts a list of tensors one behind the other. */
    private static GoldenTensor flat(JsonNode tensors, String where) {
        double[] all = {};
        for (JsonNode tensor : tensors) {
            double[] values = GoldenTensor.read(tensor, where).values();
            int at = all.length;
            all = Arrays.copyOf(all, at + values.length);
            System.arraycopy(values, 0, all, at, values.length);
        }
        return new GoldenTensor(where, new int[] {all.length}, all);
    }
}
