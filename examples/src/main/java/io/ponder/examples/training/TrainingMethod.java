package io.ponder.examples.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names what can be trained. */
public enum TrainingMethod {
    /** Latent model and PUCT (Schrittwieser and others 2020). */
    MUZERO,
    /** Latent model and Gumbel search, for few simulations (Danihelka and others 2022). */
    GUMBEL,
    /** Latent model with sampled actions (Hubert and others 2021). */
    SAMPLED,
    /** Latent model with chance (Antonoglou and others 2022). */
    STOCHASTIC,
    /** Policy and value over known rules (Silver and others 2018). */
    ALPHAZERO;

    /** Returns the name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns all names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(TrainingMethod::label).toList();
    }

    /** Returns the method of a name. */
    public static TrainingMethod of(String label) {
        for (TrainingMethod method : values()) {
            if (method.label().equalsIgnoreCase(label)) return method;
        }
        throw new IllegalArgumentException("method is '" + label + "', but it must be one of " + String.join(", ", labels()) + ".");
    }
}
